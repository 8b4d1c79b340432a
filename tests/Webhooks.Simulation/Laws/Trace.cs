namespace Webhooks.Simulation;

/// <summary>A fingerprint of what happened, which is the same whenever a seed is run; and, if asked for, the story of
/// each delivery.</summary>
internal sealed class Trace(SimulatedTime time, bool isDetailed)
{
    private readonly Dictionary<TrackedDelivery, List<string>> _stories = [];
    private ulong _fingerprint = 14695981039346656037;

    public ulong Fingerprint => _fingerprint;

    public TrackedDelivery? Last { get; private set; }

    /// <summary>Notes what becomes part of the fingerprint as well.</summary>
    public void NoteEssential(TrackedDelivery delivery, string what, object? detail)
    {
        Mix((ulong)time.Now.Ticks, (ulong)delivery.Sequence);
        Note(delivery, what, detail);
    }

    public void Note(TrackedDelivery delivery, string what, object? detail = null, object? other = null)
    {
        Last = delivery;
        if (!isDetailed)
            return;

        if (!_stories.TryGetValue(delivery, out var story))
            _stories.Add(delivery, story = []);
        story.Add($"{time.Now} {what} {detail} {other}");
    }

    public IEnumerable<string> StoryOf(TrackedDelivery? delivery)
        => delivery is not null && _stories.TryGetValue(delivery, out var story) ? story : [];

    private void Mix(ulong one, ulong two)
    {
        _fingerprint = (_fingerprint ^ one) * 1099511628211;
        _fingerprint = (_fingerprint ^ two) * 1099511628211;
    }
}
