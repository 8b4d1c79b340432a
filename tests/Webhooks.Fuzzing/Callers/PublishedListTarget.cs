using System.Net.Sockets;
using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>A path (first line) and a list of networks as a provider publishes it (the rest).</summary>
public sealed class PublishedListTarget() : FuzzTarget("published-lists")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "hooks\n{\"hooks\":[\"192.0.2.0/24\",\"2001:db8::/32\"],\"web\":[\"198.51.100.0/24\"]}"u8.ToArray(),
        "WEBHOOKS\n{\"WEBHOOKS\":[\"192.0.2.1\",\"0.0.0.0/0\",\"\\ud800\"]}"u8.ToArray(),
        "items[direction=egress][product=jira].cidr\n{\"items\":[{\"cidr\":\"192.0.2.0/24\",\"direction\":[\"egress\"],\"product\":\"jira\"}]}"u8
            .ToArray(),
        "[].a.b[]\n[{\"a\":{\"b\":[\"::1/128\",7,null]}}]"u8.ToArray(), "a\n{\"a\":\"10.0.0.0/8\",\"a\":[]}"u8.ToArray(),
        "[][]\n[[\"192.0.2.0/24\"],[[\"192.0.2.1\"]]]"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        if (end < 0 || !PublishedPath.TryParse(Encoding.UTF8.GetString(input, 0, end), out var path))
            return;

        try
        {
            var (networks, _) = PublishedListReader.Read(input.AsMemory(end + 1), [path]);
            Law.Holds(networks.Count is > 0 and <= PublishedListReader.MaximumCount, "a list that is read has networks");
            var list = new AddressList(networks);
            foreach (var network in networks)
            {
                Law.Holds(list.Contains(network.BaseAddress), $"the list has {network}");
                Law.Holds(IsNarrow(network), $"{network} is no door for everybody");
            }
        }
        catch (FormatException)
        {
            // what is meant to be thrown
        }
    }

    private static bool IsNarrow(System.Net.IPNetwork network) =>
        network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 16);
}
