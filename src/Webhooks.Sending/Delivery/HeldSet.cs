using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>All deliveries that this node holds, and how much memory they take. Guarded by the board's lock.</summary>
internal sealed class HeldSet
{
    private readonly Dictionary<long, HeldDelivery> _byId = [];

    public int Count => _byId.Count;

    /// <summary>The bytes of their payloads; what deliveries of one claim share counts once.</summary>
    public long Bytes { get; private set; }

    public bool TryFind(long id, [NotNullWhen(true)] out HeldDelivery? run) => _byId.TryGetValue(id, out run);

    /// <summary>Whether it is still the one that is held under its number.</summary>
    public bool Holds(HeldDelivery run) => _byId.TryGetValue(run.Id, out var held) && ReferenceEquals(held, run);

    public void Add(HeldDelivery run)
    {
        _byId.Add(run.Id, run);
        if (run.Message.Holders++ == 0)
            Bytes += run.Message.Record.Payload.Length;
    }

    public void Remove(HeldDelivery run)
    {
        run.State = HeldState.Gone;
        _byId.Remove(run.Id);
        if (--run.Message.Holders == 0)
            Bytes -= run.Message.Record.Payload.Length;
    }

    /// <summary>Those whose lease ends by a moment, that the store hasn't refused, and that no transaction of the
    /// application's may have locked.</summary>
    public List<HeldDelivery> EndingBy(long moment)
    {
        var ending = new List<HeldDelivery>();
        foreach (var run in _byId.Values)
        {
            if (run.LeaseEndsAt <= moment && !run.IsLost && run.Marked is null)
                ending.Add(run);
        }

        return ending;
    }
}
