namespace Webhooks;

/// <summary>A list of networks that a provider publishes as JSON, and where in it they stand. It is fetched through the
/// sender's network guard when the application starts, and again in the background.</summary>
/// <remarks>Strings that aren't networks, or take in more than a 256th of IPv4 or a 65,536th of IPv6, are left out. A
/// list that can't be fetched, or has no network left, leaves the one before it in use.</remarks>
public sealed class PublishedNetworks
{
    /// <summary>Where the list lies: https, without redirects, at most 4 MiB.</summary>
    public required Uri Url { get; init; }

    /// <summary>The paths to the networks in the JSON, each to a string or a list of strings: <c>hooks</c>;
    /// <c>items[].cidr</c> for the property of each item of a list; <c>items[direction=egress].cidr</c> for the items
    /// alone whose property is, or holds, a text.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Networks and addresses that are allowed until the list was fetched for the first time, so that a start
    /// without it isn't a start without webhooks.</summary>
    /// <value>Empty: requests are answered 503 until then</value>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>How often the list is fetched, give or take a tenth; from one minute to 30 days.</summary>
    /// <value>One hour</value>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The host of the list.</summary>
    /// <returns>A text fit for logs: the rest of the URL may hold what is secret.</returns>
    public override string ToString() => Url.IsAbsoluteUri ? Url.Host : "";

    internal PublishedNetworks Every(TimeSpan interval) =>
        new() { Url = Url, Paths = Paths, Seeds = Seeds, RefreshInterval = interval };

    /// <summary>What tells it from another list, so that a list outlives options that are loaded again.</summary>
    internal string Identity => string.Join(
        '\n', [Url.OriginalString, RefreshInterval.ToString(), .. Paths, "", .. Seeds]);
}
