namespace Webhooks;

internal sealed class SignatureSettings
{
    public required string Scheme { get; set; }

    public SecretSettings[] Secrets { get; set; } = [];
}
