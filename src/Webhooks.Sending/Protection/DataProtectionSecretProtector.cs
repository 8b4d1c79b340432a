using Microsoft.AspNetCore.DataProtection;

namespace Webhooks;

/// <summary>ASP.NET Core Data Protection, which keeps and rotates its keys itself.</summary>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : WebhookSecretProtector
{
    private readonly IDataProtector _root = provider.CreateProtector("Webhooks.Secrets", "v1");

    public override byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
        => _root.CreateProtector(purpose).Protect(secret.ToArray());

    public override byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, string purpose)
        => _root.CreateProtector(purpose).Unprotect(protectedSecret.ToArray());
}
