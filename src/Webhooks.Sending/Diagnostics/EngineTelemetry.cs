using System.Diagnostics;

namespace Webhooks;

/// <summary>What an engine's instruments and spans are called. An application that sends and has an inbox runs two, and
/// whoever reads their figures has to tell them apart, wherever those end up: by name, not by scope.</summary>
internal sealed record EngineTelemetry
{
    public static EngineTelemetry Sending { get; } = new()
    {
        InstrumentPrefix = "webhooks.",
        StoreSpan = "publish webhook",
        StoreSpanKind = ActivityKind.Producer,
        StoreOperation = "publish",
        StoreOperationType = "send",
    };

    /// <summary>What the name of each instrument begins with, full stop included.</summary>
    public required string InstrumentPrefix { get; init; }

    /// <summary>The name of the span in which messages are stored.</summary>
    public required string StoreSpan { get; init; }

    public required ActivityKind StoreSpanKind { get; init; }

    public required string StoreOperation { get; init; }

    /// <summary>One of OpenTelemetry's types of operations; null where none fits.</summary>
    public string? StoreOperationType { get; init; }

    /// <summary>The full name of an instrument.</summary>
    public string Name(string name) => InstrumentPrefix + name;
}
