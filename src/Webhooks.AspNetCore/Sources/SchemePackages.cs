namespace Webhooks;

/// <summary>How to come by schemes that other packages bring, for messages.</summary>
internal static class SchemePackages
{
    public const string Ed25519 = "ed25519 comes with the package Webhooks.Ed25519 and "
        + "AddWebhookVerification().AddSchemes(Ed25519SignatureSchemes.All)";
}
