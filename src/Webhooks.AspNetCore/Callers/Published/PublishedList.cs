using System.Net;

namespace Webhooks;

/// <summary>One published list: what is known of it now. Written by the refresher, one fetch at a time, and read by
/// every request.</summary>
internal sealed class PublishedList
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly AddressList? _seeds;
    private volatile Fetched? _fetched;
    private long _due;

    public PublishedList(PublishedNetworks definition, AddressList? seeds, PublishedPath[] paths, TimeProvider time)
    {
        (Definition, Paths, _seeds, _time) = (definition, paths, seeds, time);
        _due = time.GetTimestamp();
    }

    public PublishedNetworks Definition { get; }

    public PublishedPath[] Paths { get; }

    public string? EntityTag => _fetched?.EntityTag;

    /// <summary>How many fetches failed since the last that didn't.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether it was fetched since the start. Until then, who isn't among the seeds may still be
    /// allowed.</summary>
    public bool IsFetched => _fetched is not null;

    /// <summary>How many networks it has; 0 until it was fetched.</summary>
    public int Count => _fetched?.Networks.Count ?? 0;

    /// <summary>How long ago the list was fetched, or confirmed to be as it was.</summary>
    public TimeSpan? Age => _fetched is { } fetched ? _time.GetElapsedTime(fetched.At) : null;

    /// <summary>How long until it is fetched again; zero or less if it should be now.</summary>
    public TimeSpan Wait => _time.GetElapsedTime(_time.GetTimestamp(), Volatile.Read(ref _due));

    public bool Contains(IPAddress? address) => (_fetched?.List ?? _seeds)?.Contains(address) == true;

    /// <summary>Takes a new list.</summary>
    /// <returns>Whether its networks differ from those before.</returns>
    public bool Accept(IReadOnlyCollection<IPNetwork> networks, string? entityTag, double jitter)
    {
        var former = _fetched?.Networks;
        Succeed(jitter);
        _fetched = new Fetched(new AddressList(networks), networks, entityTag, _time.GetTimestamp());
        return former is null || !networks.ToHashSet().SetEquals(former);
    }

    /// <summary>Notes that the list is as it was.</summary>
    public void Confirm(double jitter)
    {
        Succeed(jitter);
        _fetched = _fetched! with { At = _time.GetTimestamp() };
    }

    /// <summary>Notes that the list can't be had: it stays as it was, and is asked for again soon, then less
    /// often.</summary>
    public void Fail(double jitter)
    {
        Failures++;
        var pause = ShortestRetry * Math.Pow(2, Math.Min(Failures - 1, 20));
        Schedule(pause < Definition.RefreshInterval ? pause : Definition.RefreshInterval, jitter);
    }

    private void Succeed(double jitter)
    {
        Failures = 0;
        Schedule(Definition.RefreshInterval, jitter);
    }

    private void Schedule(TimeSpan pause, double jitter)
    {
        var seconds = pause.TotalSeconds * (0.9 + (0.2 * jitter));
        Volatile.Write(ref _due, _time.GetTimestamp() + (long)(seconds * _time.TimestampFrequency));
    }

    private sealed record Fetched(
        AddressList List, IReadOnlyCollection<IPNetwork> Networks, string? EntityTag, long At);
}
