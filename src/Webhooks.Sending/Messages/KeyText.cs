namespace Webhooks;

/// <summary>Which texts can be a tenant or a key: what every database compares and indexes alike.</summary>
internal static class KeyText
{
    private const int MaxTenantLength = 128;
    private const int MaxKeyLength = 256;

    public static string CheckTenant(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Length <= MaxTenantLength && IsVisible(tenant)
            ? tenant
            : throw new ArgumentException($"A tenant is up to {MaxTenantLength} visible ASCII characters.");
    }

    public static string? Check(string? key) => key is null || (key.Length is > 0 and <= MaxKeyLength && IsVisible(key))
        ? key
        : throw new ArgumentException($"A key is 1 to {MaxKeyLength} visible ASCII characters, or null.");

    private static bool IsVisible(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
