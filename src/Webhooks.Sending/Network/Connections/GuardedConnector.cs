using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>
/// Makes the connections of a guarded handler. This is where the guard is enforced: the name is resolved once, every
/// answer is judged, and the socket goes to a judged address, so that nothing can change between looking and going.
/// </summary>
internal sealed class GuardedConnector(
    NetworkPolicy policy,
    NetworkResolver resolver,
    TimeProvider time,
    Func<IPEndPoint, CancellationToken, Task<Socket>>? dialAsync = null)
{
    private const int MaxAddresses = 4;

    private readonly HappyEyeballs _race = new(time, dialAsync ?? DialAsync);

    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage is WebhookRequest webhook)
            webhook.HasConnected = true;
        var target = context.DnsEndPoint;
        var addresses = await ResolveAsync(target.Host, cancellationToken).ConfigureAwait(false);
        var isProxy = LeadsToProxy(context);
        if (!isProxy)
            JudgeAll(addresses, target.Port, IsHttps(context.InitialRequestMessage));

        var endPoints = Interleave(addresses, target.Port);
        var socket = await _race.ConnectAsync(endPoints, cancellationToken).ConfigureAwait(false);
        if (!isProxy && LeadsBack(addresses, socket.LocalEndPoint))
        {
            socket.Dispose();
            throw new NetworkRefusedException(new NetworkVerdict(NetworkOutcome.SelfConnection));
        }

        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Picks the addresses to try: at most four, the families by turns, IPv6 first.</summary>
    internal static IReadOnlyList<IPEndPoint> Interleave(IReadOnlyList<IPAddress> addresses, int port)
    {
        var unmapped = addresses.Select(static address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        var families = unmapped.ToLookup(static address => address.AddressFamily);
        var six = families[AddressFamily.InterNetworkV6].ToList();
        var four = families[AddressFamily.InterNetwork].ToList();
        var picked = new List<IPEndPoint>(MaxAddresses);
        for (var i = 0; picked.Count < MaxAddresses && i < Math.Max(six.Count, four.Count); i++)
        {
            if (i < six.Count)
                picked.Add(new IPEndPoint(six[i], port));
            if (i < four.Count && picked.Count < MaxAddresses)
                picked.Add(new IPEndPoint(four[i], port));
        }

        return picked;
    }

    /// <summary>
    /// Whether a host's addresses include the one this machine connects from: then the host is this machine.
    /// </summary>
    internal bool LeadsBack(IReadOnlyList<IPAddress> addresses, EndPoint? local) =>
        local is IPEndPoint { Address: var here }
        && !policy.OpensExplicitly(here)
        && addresses.Any(address => AddressBits.Of(address) == AddressBits.Of(here));

    private static async Task<Socket> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsHttps(HttpRequestMessage request) => request.RequestUri!.Scheme == Uri.UriSchemeHttps;

    private async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];

        var addresses = await resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        return addresses.Count > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    private void JudgeAll(IReadOnlyList<IPAddress> addresses, int port, bool isHttps)
    {
        // One bad answer among good ones is how a rebinding name looks, so the whole host is refused, not the answer.
        foreach (var address in addresses)
        {
            var outcome = policy.JudgeConnection(address, port, isHttps);
            if (outcome != NetworkOutcome.Allowed)
                throw new NetworkRefusedException(new NetworkVerdict(outcome));
        }
    }

    private bool LeadsToProxy(SocketsHttpConnectionContext context)
    {
        if (policy.Connections.Proxy is not { } proxy)
            return false;

        // Only a tunnel through the proxy begins with CONNECT: GuardedRequest lets none of the caller's pass.
        var request = context.InitialRequestMessage;
        if (request.Method == HttpMethod.Connect)
            return true;

        return !proxy.IsBypassed(request.RequestUri!)
            && proxy.GetProxy(request.RequestUri!) is { } address
            && address.Port == context.DnsEndPoint.Port
            && address.IdnHost == context.DnsEndPoint.Host;
    }
}
