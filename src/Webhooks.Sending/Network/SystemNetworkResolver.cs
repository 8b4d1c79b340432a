using System.Net;

namespace Webhooks;

internal sealed class SystemNetworkResolver : NetworkResolver
{
    public override async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
        string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
}
