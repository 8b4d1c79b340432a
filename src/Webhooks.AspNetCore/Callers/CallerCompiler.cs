using System.Net;

namespace Webhooks;

/// <summary>Turns what a source's options say of callers into <see cref="AllowedCallers"/>.</summary>
internal sealed class CallerCompiler(
    WebhookSourceOptions options, WebhookProvider? provider, PublishedLists lists, Action<string, string> report)
{
    private const string NetworkForms = "is neither an address nor a network. Write 192.0.2.7, 192.0.2.0/24 or "
        + "2001:db8::/32, with no bits set after the prefix.";

    private int _failures;

    /// <returns>Null if anybody may call.</returns>
    public AllowedCallers? Compile()
    {
        var networks = ParseNetworks("AllowedNetworks", options.AllowedNetworks);
        var published = new List<PublishedList?>();
        if (options.AllowProviderNetworks)
            published.Add(GetProvided());
        for (var index = 0; index < options.PublishedNetworks.Count; index++)
            published.Add(Get($"PublishedNetworks[{index}]", options.PublishedNetworks[index]));

        var domains = ParseDomains();
        return options.AllowedNetworks.Count == 0 && published.Count == 0 && domains is null
            ? null
            : new AllowedCallers(new AddressList(networks), [.. published.OfType<PublishedList>()], domains);
    }

    private PublishedList? GetProvided()
    {
        if (provider?.PublishedNetworks is { } networks)
            return Get("AllowProviderNetworks", networks);

        var known = string.Join(", ", WebhookProviders.All
            .Where(known => known.PublishedNetworks is not null).Select(known => known.Name));
        Fail("AllowProviderNetworks", $"needs a Provider whose list is known, which are {known}. Give another's list "
            + "as PublishedNetworks.");
        return null;
    }

    private PublishedList? Get(string setting, PublishedNetworks? networks)
    {
        if (networks?.Url is null || networks.Paths is null || networks.Seeds is null)
        {
            Fail(setting, "is empty. Give its Url and its Paths.");
            return null;
        }

        var before = _failures;
        var url = networks.Url;
        if (!url.IsAbsoluteUri || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0)
            Fail($"{setting}.Url", "must be an absolute https URL without user information.");
        if (networks.RefreshInterval < TimeSpan.FromMinutes(1) || networks.RefreshInterval > TimeSpan.FromDays(30))
            Fail($"{setting}.RefreshInterval", "must be from one minute to 30 days.");
        var seeds = ParseNetworks($"{setting}.Seeds", networks.Seeds);
        var paths = ParsePaths($"{setting}.Paths", networks.Paths);
        return _failures > before ? null : lists.Get(networks, seeds.Count == 0 ? null : new AddressList(seeds), paths);
    }

    private void Fail(string setting, string message)
    {
        _failures++;
        report(setting, message);
    }

    private AllowedDomains? ParseDomains()
    {
        var domains = new List<string>(options.AllowedDomains.Count);
        foreach (var (index, text) in options.AllowedDomains.Index())
        {
            if (DomainName.TryParseDomain(text, out var domain))
                domains.Add(domain);
            else
                Fail($"AllowedDomains[{index}]", "is not a domain. Write example.com, without a wildcard: the names below "
                    + "it are meant too.");
        }

        return options.AllowedDomains.Count == 0 ? null : new AllowedDomains([.. domains]);
    }

    private PublishedPath[] ParsePaths(string setting, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            Fail(setting, "is empty. Say where the networks stand in the JSON, such as hooks or items[].cidr.");
        var paths = new List<PublishedPath>(texts.Count);
        for (var index = 0; index < texts.Count; index++)
        {
            if (PublishedPath.TryParse(texts[index], out var path))
                paths.Add(path);
            else
                Fail($"{setting}[{index}]", "is not a path. Write hooks, items[].cidr or "
                    + "items[direction=egress].cidr.");
        }

        return [.. paths];
    }

    private List<IPNetwork> ParseNetworks(string setting, IEnumerable<string> texts)
    {
        var networks = new List<IPNetwork>();
        foreach (var (index, text) in texts.Index())
        {
            if (AddressList.TryParse(text, out var network))
                networks.Add(network.Value);
            else
                Fail($"{setting}[{index}]", NetworkForms);
        }

        return networks;
    }
}
