using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Acts upon what was noted of an endpoint: the store, disabling, observers.</summary>
internal sealed class HealthWriter(
    WebhookStore store, EndpointDisabler disabler, EndpointNotifier notifier, TimeSpan? disableAfter,
    TimeProvider timeProvider, ILogger logger)
{
    // Less is what a deployment of the receiver takes, and nobody wants to hear of it.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(5);

    public string StoreName => store.Name;

    public bool IsEnabled(long endpointNumber) => disabler.IsEnabled(endpointNumber);

    /// <summary>Acts upon notes.</summary>
    /// <returns>Whether something was written to the store.</returns>
    public async Task<bool> WriteAsync(EndpointVitals vitals, VitalsNotes notes, CancellationToken cancellationToken)
    {
        foreach (var change in notes.Circuit)
            Tell(notes.Entry, change);

        if (!IsEnabled(vitals.EndpointNumber))
            return false;

        if (notes.AsksForEnd is { } asking
            && await disabler.DisableAsync(
                notes.Entry, FailureText.AsksForEnd(asking), failingSince: null, cancellationToken)
                .ConfigureAwait(false))
            return true;

        var hasWritten = notes.HasSucceeded && vitals.IsWrittenFailing;
        if (hasWritten)
            await WriteHealthyAsync(vitals, notes.Entry, cancellationToken).ConfigureAwait(false);
        if (!notes.IsFailing || (vitals.IsWrittenFailing && !notes.IsTimeToWrite))
            return hasWritten;

        await WriteFailingAsync(vitals, notes, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task WriteHealthyAsync(
        EndpointVitals vitals, EndpointEntry entry, CancellationToken cancellationToken)
    {
        await store.MarkHealthyAsync(vitals.EndpointNumber, cancellationToken).ConfigureAwait(false);
        vitals.IsWrittenFailing = false;
        if (vitals.ToldFailingSince is not { } since)
            return;

        vitals.ToldFailingSince = null;
        logger.EndpointRecovered(entry.Record.Id);
        notifier.Raise(Change(EndpointChangeKind.Recovered, entry, reason: null, since));
    }

    private async Task WriteFailingAsync(
        EndpointVitals vitals, VitalsNotes notes, CancellationToken cancellationToken)
    {
        var duration = await store.MarkFailingAsync(vitals.EndpointNumber, cancellationToken).ConfigureAwait(false);
        vitals.IsWrittenFailing = true;
        var since = timeProvider.GetUtcNow() - duration;

        // It has been well meanwhile, or is another since it has a new URL: it fails anew.
        if (since - vitals.ToldFailingSince > WorthTelling)
            vitals.ToldFailingSince = null;
        if (duration >= disableAfter)
        {
            await disabler.DisableAsync(
                notes.Entry, FailureText.FailingFor(duration, notes.LastFailure!), since, cancellationToken)
                .ConfigureAwait(false);
        }
        else if (duration >= WorthTelling && vitals.ToldFailingSince is null)
        {
            vitals.ToldFailingSince = since;
            var reason = FailureText.Last(notes.LastFailure!);
            logger.EndpointFailing(notes.Entry.Record.Id, duration, reason);
            notifier.Raise(Change(EndpointChangeKind.Failing, notes.Entry, reason, since));
        }
    }

    private void Tell(EndpointEntry entry, CircuitNote note)
    {
        if (note.Change == CircuitChange.Opened)
        {
            var reason = FailureText.Last(note.Attempt);
            logger.CircuitOpened(entry.Record.Id, reason);
            notifier.Raise(Change(EndpointChangeKind.CircuitOpened, entry, reason, since: null) with { At = note.At });
        }
        else
        {
            logger.CircuitClosed(entry.Record.Id);
            notifier.Raise(Change(EndpointChangeKind.CircuitClosed, entry, reason: null, since: null)
                with
            { At = note.At });
        }
    }

    private EndpointChange Change(
        EndpointChangeKind kind, EndpointEntry entry, string? reason, DateTimeOffset? since) => new()
        {
            Kind = kind,
            EndpointId = entry.Record.Id,
            Tenant = entry.Record.Tenant,
            Reason = reason,
            FailingSince = since,
            At = timeProvider.GetUtcNow(),
        };
}
