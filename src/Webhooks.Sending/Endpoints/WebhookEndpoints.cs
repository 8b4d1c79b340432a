using Microsoft.Extensions.Logging;

namespace Webhooks;

internal sealed class WebhookEndpoints(
    EndpointWriter writer,
    EndpointDirectory directory,
    EndpointSerializer serializer,
    EndpointJudge judge,
    WebhookPublisher publisher,
    EndpointNotifier observers,
    TimeProvider timeProvider,
    ILogger logger) : IWebhookEndpoints
{
    private const int MaxReasonLength = 256;

    public async Task<StoredEndpoint> CreateAsync(
        WebhookEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var created = await writer.CreateAsync(Serialize(endpoint), cancellationToken).ConfigureAwait(false);
        logger.EndpointWasCreated(endpoint.Id, endpoint.Url.Host);
        return Show(created);
    }

    public async Task<StoredEndpoint?> GetAsync(string id, CancellationToken cancellationToken = default)
        => await writer.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record ? Show(record) : null;

    public async Task<WebhookPage<StoredEndpoint>> FindAsync(
        EndpointQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var snapshot = await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var page = EndpointPages.Read(snapshot, query);
        return new WebhookPage<StoredEndpoint>([.. page.Items.Select(Show)], page.Continuation);
    }

    public async Task<StoredEndpoint> UpdateAsync(
        WebhookEndpoint endpoint, long? expectedRevision = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var settings = Serialize(endpoint).Settings;
        var (written, _) = await writer.ChangeAsync(
            endpoint.Id, Change, cancellationToken, before => IsElsewhere(before, endpoint)).ConfigureAwait(false);
        logger.EndpointWasUpdated(endpoint.Id, endpoint.Url.Host);
        return Show(written);

        EndpointRecord Change(EndpointRecord before)
        {
            if (before.Tenant != endpoint.Tenant)
                throw new ArgumentException($"Endpoint {endpoint.Id} is another tenant's, and endpoints don't move.");
            return expectedRevision is null || expectedRevision == before.Revision
                ? before with { Settings = settings }
                : throw new WebhookConflictException(
                    $"Somebody else wrote endpoint {endpoint.Id} (revision {before.Revision}, not {expectedRevision}): "
                    + "read it and change it again.");
        }
    }

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        try
        {
            await writer.ChangeAsync(
                id, static before => before with { State = EndpointState.Deleted }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (KeyNotFoundException)
        {
            return false;
        }

        logger.EndpointWasDeleted(id);
        return true;
    }

    public async Task<StoredEndpoint> EnableAsync(string id, CancellationToken cancellationToken = default)
    {
        await writer.ForgetFailuresAsync(id, cancellationToken).ConfigureAwait(false);
        var (record, isWritten) = await writer.ChangeAsync(
            id,
            static before => before.State == EndpointState.Enabled
                ? before
                : before with { State = EndpointState.Enabled, DisabledReason = null },
            cancellationToken).ConfigureAwait(false);
        if (isWritten)
        {
            logger.EndpointWasEnabled(id);
            Tell(record, EndpointChangeKind.Enabled);
        }

        return Show(record);
    }

    public async Task<StoredEndpoint> DisableAsync(
        string id, string reason, CancellationToken cancellationToken = default)
    {
        CheckReason(reason);
        var (record, isWritten) = await writer.ChangeAsync(
            id,
            before => before.State == EndpointState.Disabled && before.DisabledReason == reason
                ? before
                : before with { State = EndpointState.Disabled, DisabledReason = reason },
            cancellationToken).ConfigureAwait(false);
        if (isWritten)
        {
            logger.EndpointWasDisabled(id, reason);
            Tell(record, EndpointChangeKind.Disabled);
        }

        return Show(record);
    }

    public async Task<StoredEndpoint> RotateSecretAsync(
        string id, SecretRotation? rotation = null, CancellationToken cancellationToken = default)
    {
        rotation ??= new SecretRotation();
        var scheme = "";
        var (record, _) = await writer.ChangeAsync(id, Change, cancellationToken).ConfigureAwait(false);
        logger.SecretWasRotated(id, scheme, rotation.Overlap);
        return Show(record);

        EndpointRecord Change(EndpointRecord before)
        {
            var endpoint = serializer.Read(before);
            var signature = SecretRotations.Find(endpoint, rotation.Scheme);
            scheme = signature.Scheme.Name;
            var rotated = SecretRotations.Apply(endpoint, rotation, signature, timeProvider.GetUtcNow());
            return before with { Settings = serializer.Write(rotated) };
        }
    }

    public async Task<PublishResult> SendTestAsync(
        string id, WebhookMessage? message = null, CancellationToken cancellationToken = default)
    {
        var endpoint = await writer.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (endpoint.State != EndpointState.Enabled)
            throw new InvalidOperationException($"Endpoint {id} is disabled: enable it before testing it.");

        message ??= TestMessage.Create(endpoint, timeProvider);
        if (message.Tenant != endpoint.Tenant)
        {
            throw new ArgumentException(
                $"The test message isn't of the tenant of endpoint {id}: set WebhookMessage.Tenant.", nameof(message));
        }

        return await publisher.PublishAsync(message, endpoint.Number, cancellationToken).ConfigureAwait(false);
    }

    private bool IsElsewhere(EndpointRecord before, WebhookEndpoint endpoint)
    {
        try
        {
            return serializer.Read(before).Url != endpoint.Url;
        }
        catch (InvalidOperationException)
        {
            // It couldn't be read, so it couldn't be sent to either.
            return true;
        }
    }

    private static void CheckReason(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength || reason.Any(char.IsControl))
        {
            throw new ArgumentException(
                $"A reason has 1 to {MaxReasonLength} characters and no control characters.", nameof(reason));
        }
    }

    // Judged as it will be read back, so that nothing is stored that can't be sent to.
    private EndpointRecord Serialize(WebhookEndpoint endpoint)
    {
        var record = new EndpointRecord
        {
            Id = endpoint.Id,
            Tenant = endpoint.Tenant,
            Settings = serializer.Write(endpoint),
        };
        judge.Check(serializer.Read(record));
        return record;
    }

    private void Tell(EndpointRecord record, EndpointChangeKind kind) => observers.Raise(new EndpointChange
    {
        Kind = kind,
        EndpointId = record.Id,
        Tenant = record.Tenant,
        Reason = record.DisabledReason,
        At = timeProvider.GetUtcNow(),
    });

    private StoredEndpoint Show(EndpointRecord record) => new(record, serializer);
}
