namespace Webhooks.Node;

/// <summary>The system's time with a wall clock that can be moved, as an administrator or a bad time server would.
/// </summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public void ShiftTo(TimeSpan shift) => Volatile.Write(ref _shift, shift.Ticks);
}
