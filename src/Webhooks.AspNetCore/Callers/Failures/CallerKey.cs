using System.Net;

namespace Webhooks;

/// <summary>Whose failures are counted together: those of one IPv4 address, or of one /64 of IPv6, which a single
/// machine has to itself, with one source.</summary>
internal readonly record struct CallerKey(string Source, UInt128 Network)
{
    public static CallerKey Of(WebhookSource source, IPAddress address)
    {
        var bits = AddressBits.Of(address);
        return new CallerKey(source.Name, AddressBits.IsIPv4(bits) ? bits : bits >> 64 << 64);
    }
}
