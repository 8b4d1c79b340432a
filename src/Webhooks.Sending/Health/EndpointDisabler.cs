using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Disables an endpoint, unless somebody has changed it since the attempts that speak against it.</summary>
internal sealed class EndpointDisabler(
    WebhookStore store, EndpointDirectory directory, EndpointNotifier observers, WorkNotifier nodes,
    TimeProvider timeProvider, ILogger logger)
{
    private const int MaxTries = 5;

    /// <summary>Whether the endpoint takes part in delivery, as far as this process knows.</summary>
    public bool IsEnabled(long endpointNumber)
        => directory.Current.TryFind(endpointNumber, out var entry) && entry.Record.State == EndpointState.Enabled;

    /// <summary>Disables it, and says whether it did.</summary>
    public async Task<bool> DisableAsync(
        EndpointEntry attempted, string reason, DateTimeOffset? failingSince, CancellationToken cancellationToken)
    {
        var snapshot = directory.Current;
        for (var i = 0; i < MaxTries; i++)
        {
            if (!snapshot.TryFind(attempted.Record.Number, out var current) || !IsSame(current, attempted))
                return false;

            var disabled = current.Record with { State = EndpointState.Disabled, DisabledReason = reason };
            if (await store.UpdateEndpointAsync(disabled, cancellationToken).ConfigureAwait(false) is { } written)
            {
                await ConcludeAsync(written, reason, failingSince, cancellationToken).ConfigureAwait(false);
                return true;
            }

            snapshot = await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        logger.DisablingLost(attempted.Record.Id, reason);
        return false;
    }

    // Another URL or another secret is a new beginning: what failed before says nothing about it.
    private static bool IsSame(EndpointEntry current, EndpointEntry attempted)
        => current.Record.State == EndpointState.Enabled
           && (current.Record.Revision == attempted.Record.Revision
               || current.Record.Settings.Span.SequenceEqual(attempted.Record.Settings.Span));

    private async Task ConcludeAsync(
        EndpointRecord written, string reason, DateTimeOffset? failingSince, CancellationToken cancellationToken)
    {
        nodes.EndpointsChanged();
        logger.EndpointDisabled(written.Id, reason);
        observers.Raise(new EndpointChange
        {
            Kind = EndpointChangeKind.Disabled,
            EndpointId = written.Id,
            Tenant = written.Tenant,
            Reason = reason,
            FailingSince = failingSince,
            At = timeProvider.GetUtcNow(),
        });
        try
        {
            // Enabled again, it gets its full time; without this its first failure would disable it at once.
            await store.MarkHealthyAsync(written.Number, cancellationToken).ConfigureAwait(false);
            await directory.RefreshAsync(written.Revision, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is disabled; the dispatcher learns of it with its next claim anyway.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.RefreshFailed(exception, written.Id);
        }
    }
}
