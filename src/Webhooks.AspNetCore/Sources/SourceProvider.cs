namespace Webhooks;

/// <summary>Finds what a source's provider says: the provider itself, and the scheme that goes with it.</summary>
internal static class SourceProvider
{
    public static WebhookProvider? Find(WebhookSourceOptions options, Action<string, string> fail)
    {
        if (options.Provider is not null || options.ProviderName is null)
            return options.Provider;

        var provider = WebhookProviders.Find(options.ProviderName);
        if (provider is null)
        {
            var known = string.Join(", ", WebhookProviders.All.Select(known => known.Name));
            fail("Provider", $"names no provider: '{options.ProviderName}'. Name one of {known}, or leave it out and "
                + "name a Scheme.");
        }

        return provider;
    }

    public static SignatureScheme? FindScheme(
        WebhookSourceOptions options,
        WebhookProvider? provider,
        Func<string, SignatureScheme?> findScheme,
        Action<string, string> fail)
    {
        if (options.Scheme is not null)
            return options.Scheme;
        if (options.SchemeName is not null)
            return FindNamed(options.SchemeName, findScheme, fail);
        if (provider is null)
            return options.ProviderName is null ? SignatureSchemes.StandardWebhooks : null;

        return provider.Scheme ?? FindProvided(provider, findScheme, fail);
    }

    private static SignatureScheme? FindNamed(
        string name, Func<string, SignatureScheme?> findScheme, Action<string, string> fail)
    {
        var scheme = findScheme(name);
        if (scheme is null)
        {
            var known = string.Join(", ", SignatureSchemes.All.Select(known => known.Name));
            fail("Scheme", $"names no scheme: '{name}'. "
                + $"Name one of {known}, or add your own with AddWebhookVerification().AddScheme(…).");
        }

        return scheme;
    }

    private static SignatureScheme? FindProvided(
        WebhookProvider provider, Func<string, SignatureScheme?> findScheme, Action<string, string> fail)
    {
        var scheme = provider.SchemeName is null ? null : findScheme(provider.SchemeName);
        if (scheme is null)
        {
            fail("Provider", $"is '{provider.Name}', whose scheme '{provider.SchemeName}' isn't there. Add it with "
                + "AddWebhookVerification().AddScheme(…); ed25519 schemes are in the package Webhooks.Ed25519, in "
                + "Ed25519SignatureSchemes.");
        }

        return scheme;
    }
}
