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
        SourceRegistrations registrations,
        Action<string, string> fail)
    {
        if (options.Scheme is not null)
            return options.Scheme;
        if (options.SchemeName is not null)
            return FindNamed(options.SchemeName, registrations, fail);
        if (provider is null)
            return options.ProviderName is null ? SignatureSchemes.StandardWebhooks : null;

        return provider.Scheme ?? FindProvided(provider, registrations, fail);
    }

    private static SignatureScheme? FindNamed(
        string name, SourceRegistrations registrations, Action<string, string> fail)
    {
        var scheme = registrations.FindScheme(name);
        if (scheme is null)
        {
            var known = string.Join(", ", SignatureSchemes.All.Select(known => known.Name));
            fail("Scheme", $"names no scheme: '{name}'. Name one of {known}, or add your own with "
                + $"AddWebhookVerification().AddScheme(…); {SchemePackages.Ed25519}.");
        }

        return scheme;
    }

    private static SignatureScheme? FindProvided(
        WebhookProvider provider, SourceRegistrations registrations, Action<string, string> fail)
    {
        var scheme = provider.SchemeName is null ? null : registrations.FindScheme(provider.SchemeName);
        if (scheme is null)
        {
            fail("Provider", $"is '{provider.Name}', whose scheme '{provider.SchemeName}' isn't there: "
                + $"{provider.SchemeHint ?? "add it with AddWebhookVerification().AddScheme(…)"}.");
        }

        return scheme;
    }
}
