namespace Webhooks;

/// <summary>How much a node holds, and how much more it may.</summary>
internal readonly record struct BoardState
{
    public required int MaxHeld { get; init; }

    public required long MaxBytes { get; init; }

    /// <summary>Deliveries held: waiting, under way, and attempted but not yet written.</summary>
    public int Held { get; init; }

    /// <summary>The bytes of their payloads.</summary>
    public long Bytes { get; init; }

    /// <summary>Those that wait for their attempt.</summary>
    public int Waiting { get; init; }

    /// <summary>Attempts under way.</summary>
    public int InFlight { get; init; }

    /// <summary>Endpoints that have or had work here.</summary>
    public int Lanes { get; init; }

    /// <summary>How many more lanes ask for, that the store may have.</summary>
    public int Wanted { get; init; }

    public int Room => Math.Max(MaxHeld - Held, 0);

    public long BytesRoom => Math.Max(MaxBytes - Bytes, 0);

    public bool HasRoom => Held < MaxHeld && Bytes < MaxBytes;

    /// <summary>Whether less than a quarter is left.</summary>
    public bool IsScarce => Room < MaxHeld / 4 || BytesRoom < MaxBytes / 4;

    /// <summary>As if a quarter of the room were taken.</summary>
    public BoardState WithoutQuarter() => this with { Held = Held + (Room / 4), Bytes = Bytes + (BytesRoom / 4) };
}
