using System.Buffers;
using System.Collections.ObjectModel;
using System.Data.Common;
using System.Diagnostics;

namespace Webhooks;

/// <summary>A verified webhook as its handlers are given it, whatever its payload: while its request waits, or later
/// from the inbox.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class WebhookEvent
{
    private readonly ReceivedWebhook? _received;
    private readonly ReadOnlySequence<byte> _body;

    private protected WebhookEvent(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Source = source;
        Headers = ReadOnlyDictionary<string, string>.Empty;
    }

    private protected WebhookEvent(ReceivedWebhook received)
    {
        _received = received;
        Source = received.Source;
        Id = received.Id;
        EventType = received.EventType;
        Timestamp = received.Timestamp;
        Attempt = received.Attempt;
        Headers = received.Headers;
    }

    /// <summary>The name of the source that it was verified for.</summary>
    public string Source { get; }

    /// <summary>The message id, the same in every attempt to deliver the message; <see langword="null"/> when there is
    /// none. Some schemes don't sign it: see <see cref="MessageFields"/>.</summary>
    public string? Id { get; init; }

    /// <summary>The event type; <see langword="null"/> when there is none. Some schemes don't sign it: see
    /// <see cref="MessageFields"/>.</summary>
    public string? EventType { get; init; }

    /// <summary>The version of the event type; <see langword="null"/> when there is none, or when the source wasn't told
    /// where to find it.</summary>
    public string? Version { get; init; }

    /// <summary>When the sender signed it; <see langword="null"/> for schemes that don't say.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Which attempt to handle it this is, from 1. Always 1 without an inbox: what the sender counts isn't
    /// known.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The request's headers by name (case doesn't matter), without those that prove who sent it and those of
    /// the connection. Most schemes don't sign them: route on them, never authorise on them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The services of the scope that the handlers run in.</summary>
    public IServiceProvider Services { get; init; } = NoServices.Instance;

    /// <summary>The bytes that were verified. They can be read until the handlers have returned.</summary>
    /// <exception cref="ObjectDisposedException">The handlers have returned.</exception>
    public ReadOnlySequence<byte> Body { get => _received?.Body ?? _body; init => _body = value; }

    /// <summary>Marks the webhook as handled within a transaction of the application's own, so that the mark and the
    /// handler's effect commit together or not at all. Needs an inbox in the same database.</summary>
    /// <remarks>Does nothing for an event that a test made.</remarks>
    /// <param name="transaction">The transaction. It stays the caller's to commit.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The work.</returns>
    /// <exception cref="InvalidOperationException">The webhook doesn't come from an inbox.</exception>
    public ValueTask MarkHandledAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _received is null
            ? ValueTask.CompletedTask
            : _received.PlaceOrThrow().MarkAsync(transaction, cancellationToken);
    }

    /// <summary>Runs an effect in a transaction of the inbox's database, marks the webhook as handled in it and commits:
    /// both are there, or neither. In SQLite, where one can write at a time, effects wait in this process for their turn,
    /// which is fairer and faster than each waiting for the file's lock.</summary>
    /// <remarks>The connection is the store's: leave nothing behind in it that outlives the transaction (<c>SET LOCAL</c>,
    /// not <c>SET</c>).</remarks>
    /// <param name="effect">The effect. It writes through the transaction and its connection, and neither commits nor
    /// rolls back; what it throws rolls back.</param>
    /// <param name="cancellationToken">Cancels the wait; the effect is given it too.</param>
    /// <returns>The work.</returns>
    /// <exception cref="InvalidOperationException">The webhook doesn't come from an inbox, as one that a test made.
    /// </exception>
    /// <exception cref="NotSupportedException">The inbox is in memory.</exception>
    /// <exception cref="WebhookConflictException">The webhook isn't this process's any more, or is marked already. The
    /// effect was rolled back.</exception>
    public Task HandleOnceAsync(
        Func<DbTransaction, CancellationToken, Task> effect, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return _received is null
            ? throw new InvalidOperationException("An event that a test made has no inbox, and so no transaction.")
            : _received.PlaceOrThrow().HandleOnceAsync(effect, cancellationToken);
    }

    /// <summary>The source, for logs. Nothing that the sender wrote.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"Webhook from {Source}";
}
