using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Binds sources by hand: without reflection, and with a complaint about every key it doesn't know, since a
/// misspelt <c>AllowedNetworks</c> would leave a door open.</summary>
internal sealed class SourceConfiguration(IConfiguration configuration) : IConfigureNamedOptions<WebhookSourceOptions>
{
    public const string SectionName = "Sources";

    public void Configure(WebhookSourceOptions options)
    {
    }

    public void Configure(string? name, WebhookSourceOptions options)
    {
        if (string.IsNullOrEmpty(name))
            return;

        foreach (var entry in configuration.GetSection(SectionName).GetSection(name).GetChildren())
            Bind(entry, options);
    }

    private static void Bind(IConfigurationSection entry, WebhookSourceOptions options)
    {
        switch (entry.Key.ToUpperInvariant())
        {
            case "SCHEME": options.SchemeName = entry.Value; options.Scheme = null; break;
            case "PROVIDER": options.ProviderName = entry.Value; options.Provider = null; break;
            case "HANDSHAKE": HandshakeConfiguration.Bind(entry, options); break;
            case "HTTPSIGNATURES": HttpSignatureSettings.Bind(entry, options); break;
            case "SECRETS": AddTo(options.Secrets, entry, options); break;
            case "MAXBODYSIZE": options.MaxBodySize = ReadSize(entry, options.ConfigurationFailures); break;
            case "BODYTIMEOUT": options.BodyTimeout = ReadTime(entry, options.ConfigurationFailures); break;
            case "TOLERANCE": options.Tolerance = ReadTime(entry, options.ConfigurationFailures); break;
            case "METHODS": Replace(options.Methods, entry, options); break;
            case "CONTENTTYPES": Replace(options.ContentTypes, entry, options); break;
            case "ALLOWEDCONTENTENCODINGS": AddTo(options.AllowedContentEncodings, entry, options); break;
            case "SIGNEDBEFOREENCODING":
                options.SignedBeforeEncoding = ReadSwitch(entry, options.ConfigurationFailures);
                break;
            case "ALLOWEDNETWORKS": AddTo(options.AllowedNetworks, entry, options); break;
            case "ALLOWEDDOMAINS": AddTo(options.AllowedDomains, entry, options); break;
            case "ALLOWPROVIDERNETWORKS":
                options.AllowProviderNetworks = ReadSwitch(entry, options.ConfigurationFailures);
                break;
            case "PUBLISHEDNETWORKS": PublishedNetworksConfiguration.Bind(entry, options); break;
            case "FAILURELIMIT":
                FailureLimitConfiguration.Bind(
                    entry, options.FailureLimit ??= new WebhookFailureLimitOptions(), options.ConfigurationFailures);
                break;
            case "APIKEYS": AddTo(options.ApiKeys, entry, options); break;
            case "APIKEYHEADER": options.ApiKeyHeader = entry.Value ?? ""; break;
            case "BEARERTOKENS": AddTo(options.BearerTokens, entry, options); break;
            case "BASICCREDENTIALS": AddCredentials(entry, options); break;
            case "PATHPREFIX": options.PathPrefix = entry.Value; break;
            case "PUBLICURL": options.PublicUrl = entry.Value; break;
            case "DROPDUPLICATES":
                options.DropDuplicates = ReadSwitch(entry, options.ConfigurationFailures);
                break;
            default:
                options.ConfigurationFailures.Add(
                    $"'{entry.Path}' is not a setting of a webhook source. Correct its name or remove it.");
                break;
        }
    }

    internal static long? ReadSize(IConfigurationSection entry, List<string> failures)
    {
        if (long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return size;

        failures.Add($"'{entry.Path}' is not a number of bytes. Give digits alone, such as 1048576.");
        return null;
    }

    internal static TimeSpan? ReadTime(IConfigurationSection entry, List<string> failures)
    {
        // A bare number would count as days: a tolerance of "300" would let replays pass for most of a year.
        if (entry.Value?.Contains(':') == true
            && TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out var time))
            return time;

        failures.Add($"'{entry.Path}' is not a time span. Write it as hours:minutes:seconds, such as 00:05:00.");
        return null;
    }

    internal static bool ReadSwitch(IConfigurationSection entry, List<string> failures)
    {
        if (bool.TryParse(entry.Value, out var value))
            return value;

        failures.Add($"'{entry.Path}' is neither true nor false.");
        return false;
    }

    private static void Replace(IList<string> list, IConfigurationSection entry, WebhookSourceOptions options)
    {
        list.Clear();
        AddTo(list, entry, options);
    }

    internal static void AddTo(IList<string> list, IConfigurationSection entry, WebhookSourceOptions options)
    {
        CheckIsList(entry, options);
        foreach (var item in entry.GetChildren())
            list.Add(item.Value ?? "");
    }

    private static void AddCredentials(IConfigurationSection entry, WebhookSourceOptions options)
    {
        CheckIsList(entry, options);
        foreach (var item in entry.GetChildren())
        {
            var userName = item["UserName"];
            var password = item["Password"];
            if (string.IsNullOrEmpty(userName) || userName.Contains(':') || string.IsNullOrEmpty(password))
                options.ConfigurationFailures.Add(
                    $"'{item.Path}' needs a 'UserName' without a colon and a 'Password'.");
            else
                options.BasicCredentials.Add(new WebhookBasicCredential(userName, password));
        }
    }

    // A list written as one value would otherwise be an empty one, and no address and no credential be asked for.
    internal static void CheckIsList(IConfigurationSection entry, WebhookSourceOptions options)
    {
        if (!string.IsNullOrEmpty(entry.Value))
        {
            options.ConfigurationFailures.Add(
                $"'{entry.Path}' is a list. Give its entries as '{entry.Path}:0', '{entry.Path}:1' and so on.");
        }
    }
}
