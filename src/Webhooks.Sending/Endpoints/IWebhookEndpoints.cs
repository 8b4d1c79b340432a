namespace Webhooks;

/// <summary>
/// The stored endpoints, to which published messages go. A change holds for everything that is published after it, on
/// every node.
/// </summary>
/// <remarks>Nothing here knows who asks: compare the tenant wherever tenants manage their own endpoints.</remarks>
public interface IWebhookEndpoints
{
    /// <summary>Stores a new endpoint, enabled.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    /// <exception cref="ArgumentException">Something about it can't be stored, or the network policy refuses its URL;
    /// the message names what and the mend. The addresses behind a name are judged when it is sent to.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WebhookSenderOptions.PrepareEndpoint"/> threw, or
    /// returned another endpoint.</exception>
    /// <exception cref="WebhookConflictException">Its id is taken, be it by an endpoint that was deleted.</exception>
    Task<StoredEndpoint> CreateAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Reads an endpoint.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint, or null when there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    Task<StoredEndpoint?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds endpoints, the oldest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException">The continuation isn't one.</exception>
    Task<WebhookPage<StoredEndpoint>> FindAsync(EndpointQuery query, CancellationToken cancellationToken = default);

    /// <summary>Replaces all of an endpoint but its state. Read it, and change what you read by
    /// <c>with { … }</c>.</summary>
    /// <param name="endpoint">The endpoint, with the id and tenant that it has.</param>
    /// <param name="expectedRevision"><see cref="StoredEndpoint.Revision"/> of the endpoint that the change was made
    /// to; null to write whatever others wrote.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    /// <exception cref="ArgumentException">Something about it can't be stored, its tenant is another, or the network
    /// policy refuses its URL.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WebhookSenderOptions.PrepareEndpoint"/> threw, or
    /// returned another endpoint.</exception>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    /// <exception cref="WebhookConflictException">Somebody else wrote it since
    /// <paramref name="expectedRevision"/>.</exception>
    Task<StoredEndpoint> UpdateAsync(
        WebhookEndpoint endpoint, long? expectedRevision = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an endpoint. Its pending deliveries are cancelled; their history stays, and so the id isn't
    /// free again.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lets an endpoint get messages again, those that wait for it first.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    Task<StoredEndpoint> EnableAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lets new messages pass an endpoint by. What is pending for it waits until it is enabled.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="reason">Why, for people to read: 1 to 256 characters without control characters. It is
    /// logged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The reason is empty, too long or has control characters.</exception>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    Task<StoredEndpoint> DisableAsync(string id, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives an endpoint a new signing secret. The old ones sign along until the overlap ends; with a scheme whose
    /// header holds one signature alone, they sign instead of the new one until then.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="rotation">The new secret and the overlap; null for one made at random and a day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored. The new secret is the last of the signature's, to be shown to the
    /// receiver.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    /// <exception cref="ArgumentException">The endpoint has no such signature, or several and none is named; or the new
    /// secret can't sign with it, or can't be made at random.</exception>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    /// <exception cref="InvalidOperationException">What is stored can't be read.</exception>
    Task<StoredEndpoint> RotateSecretAsync(
        string id, SecretRotation? rotation = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes a test event to an endpoint alone, whatever event types it wants.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="message">The message, of the endpoint's tenant; null for a <c>webhooks.test</c>.</param>
    /// <param name="cancellationToken">Ends the wait for it to be stored.</param>
    /// <returns>The message's id, by which its delivery is found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    /// <exception cref="ArgumentException">The message can't be published, or is another tenant's.</exception>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    /// <exception cref="InvalidOperationException">The endpoint is disabled.</exception>
    Task<PublishResult> SendTestAsync(
        string id, WebhookMessage? message = null, CancellationToken cancellationToken = default);
}
