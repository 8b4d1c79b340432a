using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Adds sources of webhooks to the verification.</summary>
public sealed class WebhookVerificationBuilder
{
    private readonly SourceRegistrations _registrations;

    internal WebhookVerificationBuilder(IServiceCollection services)
    {
        Services = services;
        _registrations = SourceRegistrations.Of(services);
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a source, or goes on configuring one of the same name.</summary>
    /// <param name="name">The name under which endpoints, configuration, logs and metrics know the source; case
    /// doesn't matter.</param>
    /// <param name="configure">Sets its options. Runs again whenever configuration is reloaded.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank or has a colon.</exception>
    public WebhookVerificationBuilder AddSource(string name, Action<WebhookSourceOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (name.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException("A source's name can't have a colon, which parts keys of configuration.",
                nameof(name));

        Services.Configure(_registrations.AddName(name), configure);
        return this;
    }

    /// <summary>Adds a source, or goes on configuring one of the same name.</summary>
    /// <param name="name">The name under which endpoints, configuration, logs and metrics know the source.</param>
    /// <param name="scheme">The scheme that it signs with.</param>
    /// <param name="secrets">Its secrets in the text form that the scheme's users know. Any of them may have
    /// signed.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank or has a colon.</exception>
    public WebhookVerificationBuilder AddSource(string name, SignatureScheme scheme, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(secrets);
        return AddSource(name, options =>
        {
            options.Scheme = scheme;
            foreach (var secret in secrets)
                options.Secrets.Add(secret);
        });
    }

    /// <summary>Adds a source, or goes on configuring one of the same name.</summary>
    /// <param name="name">The name under which endpoints, configuration, logs and metrics know the source.</param>
    /// <param name="provider">Whose webhooks it receives, such as <see cref="WebhookProviders.GitHub"/>.</param>
    /// <param name="secrets">Its secrets in the text form that the provider shows them in. Any of them may have
    /// signed.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank or has a colon.</exception>
    public WebhookVerificationBuilder AddSource(string name, WebhookProvider provider, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(secrets);
        return AddSource(name, options =>
        {
            options.Provider = provider;
            foreach (var secret in secrets)
                options.Secrets.Add(secret);
        });
    }

    /// <summary>Lets configuration name a scheme that doesn't come with <see cref="SignatureSchemes"/>.</summary>
    /// <param name="scheme">The scheme; configuration calls it by <see cref="SignatureScheme.Name"/>.</param>
    /// <returns>This builder.</returns>
    public WebhookVerificationBuilder AddScheme(SignatureScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        _registrations.AddScheme(scheme);
        return this;
    }

    /// <summary>Lets configuration and providers name the schemes of a package, such as
    /// <c>Ed25519SignatureSchemes.All</c> of Webhooks.Ed25519.</summary>
    /// <param name="schemes">The schemes; each is found by its <see cref="SignatureScheme.Name"/>.</param>
    /// <returns>This builder.</returns>
    public WebhookVerificationBuilder AddSchemes(params IEnumerable<SignatureScheme> schemes)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        foreach (var scheme in schemes)
            AddScheme(scheme);
        return this;
    }
}
