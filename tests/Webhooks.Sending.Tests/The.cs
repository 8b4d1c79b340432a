namespace Webhooks.Tests;

/// <summary>Fixed things that tests agree on.</summary>
internal static class The
{
    public const string SecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly Uri Url = new("https://receiver.example.com/hooks");

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static SigningSecret SigningSecret { get; } = SigningSecret.Parse(SecretText);
}
