using System.Net;

namespace Webhooks;

/// <summary>What the operating system says, be it from DNS or from its own table of hosts.</summary>
internal sealed class SystemAddressNameResolver : AddressNameResolver
{
    public override async ValueTask<IReadOnlyList<string>> ResolveAsync(
        IPAddress address, CancellationToken cancellationToken)
    {
        var entry = await Dns.GetHostEntryAsync(address).WaitAsync(cancellationToken).ConfigureAwait(false);
        return [entry.HostName];
    }
}
