using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>What is the same in every run, so that an input means the same.</summary>
internal static class The
{
    public const string Url = "https://example.com/hooks?a=1&b=%2F";

    /// <summary>Fits the schemes that show a token, and those that show a user's name and password.</summary>
    public static SigningSecret Secret { get; } = SigningSecret.FromText(SecretText);

    public static byte[] SecretBytes => Encoding.ASCII.GetBytes(SecretText);

    public static DateTimeOffset Now { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public const string SecretText = "fuzzer:a-secret-that-guards-nothing";
}
