using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>What was registered while services were being added: names of sources, schemes, configuration.</summary>
internal sealed class SourceRegistrations(IServiceCollection services)
{
    private readonly List<string> _names = [];
    private readonly List<IConfiguration> _configurations = [];
    private readonly Dictionary<string, SignatureScheme> _schemes = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether duplicates are dropped where no options say anything else.</summary>
    public bool DropsDuplicates { get; set; }

    public static SourceRegistrations Of(IServiceCollection services)
    {
        var found = services.FirstOrDefault(service => service.ServiceType == typeof(SourceRegistrations));
        if (found?.ImplementationInstance is SourceRegistrations registrations)
            return registrations;

        registrations = new SourceRegistrations(services);
        services.TryAddSingleton(registrations);
        return registrations;
    }

    /// <summary>Configuration keys don't heed case but names of options do, so the first spelling is kept.</summary>
    public string AddName(string name)
    {
        var known = _names.Find(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
            return known;

        _names.Add(name);
        foreach (var configuration in _configurations)
            WatchFor(name, configuration);
        return name;
    }

    public void AddConfiguration(IConfiguration configuration)
    {
        _configurations.Add(configuration);
        foreach (var name in _names)
            WatchFor(name, configuration);
        foreach (var section in configuration.GetSection(SourceConfiguration.SectionName).GetChildren())
            AddName(section.Key);
    }

    /// <summary>The schemes that were added to those of the library.</summary>
    public IReadOnlyCollection<SignatureScheme> Schemes => _schemes.Values;

    public void AddScheme(SignatureScheme scheme) => _schemes[scheme.Name] = scheme;

    public SignatureScheme? FindScheme(string name) =>
        _schemes.TryGetValue(name, out var scheme) ? scheme : SignatureSchemes.Find(name);

    private void WatchFor(string name, IConfiguration configuration) =>
        services.AddSingleton<IOptionsChangeTokenSource<WebhookSourceOptions>>(
            new ConfigurationChangeTokenSource<WebhookSourceOptions>(name, configuration));
}
