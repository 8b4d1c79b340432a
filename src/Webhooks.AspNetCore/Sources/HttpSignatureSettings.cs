using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>What configuration asks of HTTP message signatures (<c>HttpSignatures</c>). In code it is said with an
/// <see cref="HttpMessageSignatureScheme"/>.</summary>
internal sealed class HttpSignatureSettings
{
    /// <summary>The names of the algorithms; empty: the scheme's.</summary>
    public List<string> Algorithms { get; } = [];

    /// <summary>What a signature must cover; empty: what the scheme asks for.</summary>
    public List<string> RequiredComponents { get; } = [];

    public string? Tag { get; private set; }

    public static void Bind(IConfigurationSection section, WebhookSourceOptions options)
    {
        var settings = options.HttpSignatures ??= new HttpSignatureSettings();
        foreach (var entry in section.GetChildren())
            settings.BindEntry(entry, options);
    }

    private void BindEntry(IConfigurationSection entry, WebhookSourceOptions options)
    {
        switch (entry.Key.ToUpperInvariant())
        {
            case "ALGORITHMS": SourceConfiguration.AddTo(Algorithms, entry, options); break;
            case "REQUIREDCOMPONENTS": SourceConfiguration.AddTo(RequiredComponents, entry, options); break;
            case "TAG": Tag = entry.Value; break;
            default:
                options.ConfigurationFailures.Add(
                    $"'{entry.Path}' is not a setting of HTTP message signatures. Correct its name or remove it.");
                break;
        }
    }
}
