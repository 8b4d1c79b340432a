using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>Binds published lists, with a complaint about every key it doesn't know.</summary>
internal static class PublishedNetworksConfiguration
{
    public static void Bind(IConfigurationSection section, WebhookSourceOptions options)
    {
        SourceConfiguration.CheckIsList(section, options);
        foreach (var item in section.GetChildren())
            options.PublishedNetworks.Add(Read(item, options));
    }

    private static PublishedNetworks Read(IConfigurationSection item, WebhookSourceOptions options)
    {
        var (url, interval) = ("", (TimeSpan?)null);
        var (paths, seeds) = (new List<string>(), new List<string>());
        foreach (var entry in item.GetChildren())
        {
            switch (entry.Key.ToUpperInvariant())
            {
                case "URL": url = entry.Value ?? ""; break;
                case "PATHS": SourceConfiguration.AddTo(paths, entry, options); break;
                case "SEEDS": SourceConfiguration.AddTo(seeds, entry, options); break;
                case "REFRESHINTERVAL":
                    interval = SourceConfiguration.ReadTime(entry, options.ConfigurationFailures);
                    break;
                default:
                    options.ConfigurationFailures.Add(
                        $"'{entry.Path}' is not a setting of published networks. Correct its name or remove it.");
                    break;
            }
        }

        // What is no URL is found wanting when the source is compiled.
        var networks = new PublishedNetworks
        {
            Url = new Uri(Uri.IsWellFormedUriString(url, UriKind.Absolute) ? url : "", UriKind.RelativeOrAbsolute),
            Paths = paths,
            Seeds = seeds,
        };
        return interval is null ? networks : networks.Every(interval.Value);
    }
}
