using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks;

/// <summary>Judges URLs for a policy, without any lookup. Allocates nothing for names in ASCII.</summary>
internal sealed class UrlJudge(NetworkPolicy policy, AllowedHostSet allowedHosts)
{
    public NetworkOutcome Judge(string text, Uri? uri)
    {
        var outcome = UrlText.TryParse(text, out var url);
        if (outcome != NetworkOutcome.Allowed)
            return outcome;

        outcome = url.IsBracketed ? CheckBracketed(url.Host) : CheckWritten(url.Host);
        if (outcome is not (NetworkOutcome.Allowed or NetworkOutcome.NumericHost))
            return outcome;

        IPAddress? address = null;
        if (url.IsBracketed || outcome == NetworkOutcome.NumericHost)
        {
            if (!TryParseAddress(url, out address))
                return url.IsBracketed ? NetworkOutcome.MalformedHost : NetworkOutcome.NumericHost;
        }

        if (uri is null && !Uri.TryCreate(text, UriKind.Absolute, out uri))
            return NetworkOutcome.MalformedUrl;

        return address is null ? JudgeName(url, uri) : JudgeAddress(url, uri, address);
    }

    private static NetworkOutcome CheckBracketed(ReadOnlySpan<char> host) =>
        host.Contains('%') ? NetworkOutcome.ZoneNotAllowed : NetworkOutcome.Allowed;

    private static NetworkOutcome CheckWritten(ReadOnlySpan<char> host)
    {
        if (Ascii.IsValid(host))
            return HostName.CheckSyntax(host);

        return InternationalName.IsStable(host.ToString()) ? NetworkOutcome.Allowed : NetworkOutcome.UnstableHost;
    }

    private static bool TryParseAddress(in UrlText url, out IPAddress? address)
    {
        if (!IPAddress.TryParse(url.Host, out address))
            return false;
        if (url.IsBracketed)
            return address.AddressFamily == AddressFamily.InterNetworkV6 && !url.Host.ContainsAny('[', ']', '/');

        Span<char> usual = stackalloc char[15];
        return address.TryFormat(usual, out var length) && url.Host.SequenceEqual(usual[..length]);
    }

    private NetworkOutcome JudgeAddress(in UrlText url, Uri uri, IPAddress address)
    {
        if (uri.Port != url.Port || !IPAddress.TryParse(uri.IdnHost, out var connected) || !connected.Equals(address))
            return NetworkOutcome.MalformedHost;

        return policy.JudgeConnection(address, url.Port, url.IsHttps);
    }

    private NetworkOutcome JudgeName(in UrlText url, Uri uri)
    {
        // What will be looked up. For a name in ASCII it must be the name that was written.
        if (!TryGetAsciiHost(uri, out var host))
            return NetworkOutcome.UnstableHost;

        var isSame = !Ascii.IsValid(url.Host) || url.Host.Equals(host, StringComparison.OrdinalIgnoreCase);
        if (uri.Port != url.Port || !isSame)
            return NetworkOutcome.MalformedHost;

        var outcome = HostName.CheckSyntax(host);
        if (outcome == NetworkOutcome.Allowed && !allowedHosts.Contains(host))
            outcome = HostName.CheckUse(host);

        return outcome == NetworkOutcome.Allowed ? policy.JudgeTransport(url.Port, url.IsHttps) : outcome;
    }

    private static bool TryGetAsciiHost(Uri uri, out string host)
    {
        try
        {
            host = uri.IdnHost;
            return true;
        }
        catch (UriFormatException)
        {
            // Uri takes names that it then cannot encode, mixed in direction for one.
            host = "";
            return false;
        }
    }
}
