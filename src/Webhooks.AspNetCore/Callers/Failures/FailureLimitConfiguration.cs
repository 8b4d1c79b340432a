using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>Binds the limit of failures, with a complaint about every key it doesn't know.</summary>
internal static class FailureLimitConfiguration
{
    public static void Bind(IConfigurationSection section, WebhookFailureLimitOptions options, List<string> failures)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            failures.Add($"'{section.Path}' is a section. Set '{section.Path}:Enabled', ':Burst', ':Interval' or "
                + "':ExemptFor'.");
        }

        foreach (var entry in section.GetChildren())
            BindEntry(entry, options, failures);
    }

    private static void BindEntry(
        IConfigurationSection entry, WebhookFailureLimitOptions options, List<string> failures)
    {
        switch (entry.Key.ToUpperInvariant())
        {
            case "ENABLED": options.Enabled = SourceConfiguration.ReadSwitch(entry, failures); break;
            case "BURST": options.Burst = ReadCount(entry, failures) ?? options.Burst; break;
            case "INTERVAL":
                options.Interval = SourceConfiguration.ReadTime(entry, failures) ?? options.Interval;
                break;
            case "EXEMPTFOR":
                options.ExemptFor = SourceConfiguration.ReadTime(entry, failures) ?? options.ExemptFor;
                break;
            default:
                failures.Add($"'{entry.Path}' is not a setting of a failure limit. Correct its name or remove it.");
                break;
        }
    }

    private static int? ReadCount(IConfigurationSection entry, List<string> failures)
    {
        if (int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count;

        failures.Add($"'{entry.Path}' is not a number. Give digits alone, such as 20.");
        return null;
    }
}
