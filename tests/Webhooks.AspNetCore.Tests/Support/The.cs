namespace Webhooks;

/// <summary>Fixed things that tests agree on.</summary>
internal static class The
{
    public const string SecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_674_087_231);

    public static SigningSecret SigningSecret { get; } = SigningSecret.Parse(SecretText);
}
