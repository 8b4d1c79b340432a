using System.Globalization;

namespace Webhooks.Simulation;

/// <summary>All receivers, by address.</summary>
internal sealed class Receivers(SimulatedTime time, Random random, TimeSpan timeout)
{
    private readonly List<Receiver> _all = [];

    public IReadOnlyList<Receiver> All => _all;

    public Receiver Add(bool isAlwaysGood, out Uri url)
    {
        var receiver = new Receiver(time, new Random(random.Next()), timeout) { IsAlwaysGood = isAlwaysGood };
        url = new Uri($"https://receiver-{_all.Count}.example.com/hooks");
        _all.Add(receiver);
        return receiver;
    }

    public Receiver At(Uri url)
        => _all[int.Parse(url.Host.AsSpan("receiver-".Length, url.Host.IndexOf('.') - "receiver-".Length), CultureInfo.InvariantCulture)];
}
