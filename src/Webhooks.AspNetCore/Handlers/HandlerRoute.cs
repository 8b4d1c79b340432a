namespace Webhooks;

/// <summary>One handler, and what it wants.</summary>
internal abstract class HandlerRoute(EventPattern pattern, string? version)
{
    public EventPattern Pattern => pattern;

    /// <summary>Null: any version that no other handler of the pattern wants.</summary>
    public string? Version => version;

    /// <summary>Null: the handler takes the webhook as it is.</summary>
    public abstract Type? PayloadType { get; }

    /// <summary>The service that handles. Null: a delegate does.</summary>
    public Type? HandlerType { get; init; }

    /// <summary>Reads the payload, so that none of several handlers has run when one can't be run.</summary>
    /// <returns>Runs the handler.</returns>
    /// <exception cref="System.Text.Json.JsonException">The payload isn't of the type.</exception>
    public abstract Func<IServiceProvider, CancellationToken, Task> Prepare(
        ReceivedWebhook received, string? eventVersion, JsonPath path);
}
