using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Binds how duplicates are told, with a complaint about every key it doesn't know.</summary>
internal sealed class DuplicateConfiguration(IConfiguration configuration) : IConfigureOptions<WebhookDuplicateOptions>
{
    private const string SectionName = "Duplicates";

    public void Configure(WebhookDuplicateOptions options)
    {
        foreach (var entry in configuration.GetSection(SectionName).GetChildren())
            Bind(entry, options);
    }

    private static void Bind(IConfigurationSection entry, WebhookDuplicateOptions options)
    {
        var failures = options.ConfigurationFailures;
        switch (entry.Key.ToUpperInvariant())
        {
            case "KEEPFOR": options.KeepFor = SourceConfiguration.ReadTime(entry, failures) ?? options.KeepFor; break;
            case "HOLDFOR": options.HoldFor = SourceConfiguration.ReadTime(entry, failures) ?? options.HoldFor; break;
            case "STORETIMEOUT":
                options.StoreTimeout = SourceConfiguration.ReadTime(entry, failures) ?? options.StoreTimeout;
                break;
            default:
                failures.Add($"'{entry.Path}' is not a setting of duplicates. Correct its name or remove it.");
                break;
        }
    }
}
