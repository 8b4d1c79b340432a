using System.Net;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Everything that receiving logs. One class, since the generator orders several by chance, and the package
/// would not come out the same twice.</summary>
internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Debug, "Verified a webhook from {Source}: {Length} bytes")]
    public static partial void Verified(ILogger logger, string source, long length);

    [LoggerMessage(501, LogLevel.Warning, "Refused a webhook for {Source} from {RemoteAddress} with {StatusCode}: "
        + "{Reason}")]
    public static partial void Refused(ILogger logger, string source, string remoteAddress, int statusCode,
        string reason);

    [LoggerMessage(502, LogLevel.Debug, "The sender of a webhook for {Source} at {RemoteAddress} went away before "
        + "its end")]
    public static partial void ClientGone(ILogger logger, string source, string remoteAddress);

    [LoggerMessage(503, LogLevel.Error, "The secrets of {Source} could not be looked up, so a webhook from "
        + "{RemoteAddress} was turned away with 503")]
    public static partial void SecretsUnavailable(ILogger logger, Exception exception, string source,
        string remoteAddress);

    [LoggerMessage(504, LogLevel.Error, "The options of {Source} are unusable, so its webhooks are turned away with "
        + "503 until they are mended: {Failures}")]
    public static partial void SourceUnusable(ILogger logger, string source, string failures);

    [LoggerMessage(505, LogLevel.Error, "The options of {Source} could not be made")]
    public static partial void SourceOptionsThrew(ILogger logger, Exception exception, string source);

    [LoggerMessage(506, LogLevel.Information, "The options of {Source} were loaded again and are in use")]
    public static partial void SourceReloaded(ILogger logger, string source);

    [LoggerMessage(507, LogLevel.Critical, "A route requires verification as a webhook of {Source}, but the request "
        + "was not verified, so it was answered 500. Call app.UseWebhookVerification() after UseRouting() and before "
        + "the endpoints")]
    public static partial void RouteUnguarded(ILogger logger, string source);

    [LoggerMessage(508, LogLevel.Critical, "{Endpoint} requires verification as a webhook of {Source}, but "
        + "app.UseWebhookVerification() was not called, so it answers 500")]
    public static partial void MiddlewareMissing(ILogger logger, string? endpoint, string source);

    [LoggerMessage(509, LogLevel.Critical, "A route requires verification as a webhook of {Source}, but there is no "
        + "such source, so it was answered 500. Add it with AddWebhookVerification().AddSource(…)")]
    public static partial void SourceUnknown(ILogger logger, string source);

    [LoggerMessage(510, LogLevel.Error, "The body of a webhook for {Source} had been read before it could be "
        + "verified, so it was answered 500. Call app.UseWebhookVerification() before anything that reads the body")]
    public static partial void BodyReadBefore(ILogger logger, string source);

    [LoggerMessage(511, LogLevel.Error, "Verifying a webhook for {Source} from {RemoteAddress} failed unexpectedly, "
        + "so it was answered 500")]
    public static partial void VerificationFailed(ILogger logger, Exception exception, string source,
        string remoteAddress);

    [LoggerMessage(550, LogLevel.Debug, "Handled a webhook from {Source} with the handlers of {Pattern}")]
    public static partial void HandlersRan(ILogger logger, string source, string pattern);

    [LoggerMessage(551, LogLevel.Debug, "No handler wants a webhook from {Source}, so it was acknowledged and dropped")]
    public static partial void NoHandler(ILogger logger, string source);

    [LoggerMessage(552, LogLevel.Warning, "A webhook from {Source} was rejected: {Reason}")]
    public static partial void HandlersRejected(ILogger logger, string source, string reason);

    [LoggerMessage(553, LogLevel.Warning, "A webhook from {Source} can't be handled: {Reason}")]
    public static partial void PayloadUnreadable(ILogger logger, string source, string reason);

    [LoggerMessage(560, LogLevel.Debug, "Stored a webhook from {Source} in the inbox")]
    public static partial void InboxStored(ILogger logger, string source);

    [LoggerMessage(561, LogLevel.Debug, "A webhook from {Source} is in the inbox already and was dropped")]
    public static partial void InboxDuplicate(ILogger logger, string source);

    [LoggerMessage(562, LogLevel.Error, "A webhook from {Source} couldn't be stored in the inbox and was turned away "
        + "with 503")]
    public static partial void InboxNotStored(ILogger logger, Exception exception, string source);

    [LoggerMessage(563, LogLevel.Warning, "Attempt {Attempt} to handle {MessageId} of {EndpointId} from the "
        + "inbox failed")]
    public static partial void InboxHandlerFailed(ILogger logger, Exception exception, string messageId,
        string endpointId, int attempt);

    [LoggerMessage(570, LogLevel.Debug, "A webhook from {Source} was handled before, so it was answered 200 and dropped")]
    public static partial void DuplicateDropped(ILogger logger, string source);

    [LoggerMessage(571, LogLevel.Debug, "A webhook from {Source} came again while it was being handled, so it was "
        + "turned away with 503 for now")]
    public static partial void DuplicateInProgress(ILogger logger, string source);

    [LoggerMessage(572, LogLevel.Error, "Whether a webhook from {Source} was handled before couldn't be found out, so "
        + "it was turned away with 503")]
    public static partial void DuplicateNotClaimed(ILogger logger, Exception exception, string source);

    [LoggerMessage(573, LogLevel.Debug, "A webhook from {Source} wasn't handled, so it will be when it comes again")]
    public static partial void DuplicateReleased(ILogger logger, string source);

    [LoggerMessage(574, LogLevel.Warning, "Handling a webhook from {Source} took longer than its claim held, and another "
        + "process has begun to handle it too")]
    public static partial void DuplicateLost(ILogger logger, string source);

    [LoggerMessage(575, LogLevel.Warning, "What became of a webhook from {Source} (handled: {IsHandled}) couldn't be "
        + "noted. It is turned away until its claim runs out, and may be handled again then")]
    public static partial void DuplicateUnsettled(ILogger logger, Exception exception, string source, bool isHandled);

    [LoggerMessage(576, LogLevel.Warning, "The claim of a webhook from {Source} that is being handled couldn't be "
        + "renewed; it is tried again")]
    public static partial void DuplicateNotRenewed(ILogger logger, Exception exception, string source);

    [LoggerMessage(577, LogLevel.Error, "Handled webhooks that needn't be remembered any more couldn't be deleted from "
        + "the {Store} store; it is tried again in a minute")]
    public static partial void DuplicatesNotPurged(ILogger logger, Exception exception, string store);

    [LoggerMessage(580, LogLevel.Debug, "Fetched a key from {Host}: {Length} bytes")]
    public static partial void KeyFetched(ILogger logger, string host, int length);

    [LoggerMessage(581, LogLevel.Warning, "A key could not be fetched from {Host}; webhooks that need it are turned away "
        + "with 503")]
    public static partial void KeyUnavailable(ILogger logger, Exception exception, string host);

    [LoggerMessage(582, LogLevel.Debug, "A key from {Host} was not fetched: too many others are, or were a moment ago")]
    public static partial void KeyFetchesExhausted(ILogger logger, string host);

    [LoggerMessage(583, LogLevel.Information, "Confirmed a subscription for {Source}")]
    public static partial void SubscriptionConfirmed(ILogger logger, string source);

    [LoggerMessage(584, LogLevel.Warning, "A subscription for {Source} could not be confirmed, so its sender was asked to "
        + "try again")]
    public static partial void SubscriptionNotConfirmed(ILogger logger, Exception exception, string source);

    [LoggerMessage(585, LogLevel.Information, "Fetched the networks published by {Host}: {Count}")]
    public static partial void NetworksFetched(ILogger logger, string host, int count);

    [LoggerMessage(586, LogLevel.Warning, "The networks published by {Host} could not be fetched; those of {Age} ago "
        + "stay in use")]
    public static partial void NetworksStale(ILogger logger, Exception exception, string host, TimeSpan age);

    [LoggerMessage(587, LogLevel.Error, "The networks published by {Host} could not be fetched yet, so webhooks that "
        + "aren't from known addresses are turned away with 503")]
    public static partial void NetworksMissing(ILogger logger, Exception exception, string host);

    [LoggerMessage(588, LogLevel.Warning, "Left out {Count} values of the list published by {Host}, which are no networks "
        + "or too large ones")]
    public static partial void NetworksSkipped(ILogger logger, string host, int count);

    [LoggerMessage(589, LogLevel.Warning, "DNS could not say whether {RemoteAddress} belongs to a domain that may call, "
        + "so its webhooks are turned away with 503")]
    public static partial void DomainLookupFailed(ILogger logger, Exception? exception, IPAddress remoteAddress);

    [LoggerMessage(590, LogLevel.Information, "Answered a handshake for {Source} from {RemoteAddress} with "
        + "{StatusCode}")]
    public static partial void HandshakeAnswered(ILogger logger, string source, string remoteAddress, int statusCode);

    [LoggerMessage(591, LogLevel.Warning, "Refused a handshake for {Source} from {RemoteAddress} with {StatusCode}")]
    public static partial void HandshakeRefused(ILogger logger, string source, string remoteAddress, int statusCode);

    [LoggerMessage(592, LogLevel.Error, "The handshake of {Source} with {RemoteAddress} failed unexpectedly, so it was "
        + "answered 500")]
    public static partial void HandshakeFailed(ILogger logger, Exception exception, string source, string remoteAddress);

    [LoggerMessage(593, LogLevel.Debug, "DNS was not asked for {RemoteAddress}: it is asked for too many others, or was "
        + "a moment ago")]
    public static partial void DomainLookupsExhausted(ILogger logger, IPAddress remoteAddress);

    [LoggerMessage(594, LogLevel.Warning, "{RemoteAddress} failed to prove itself to {Source} so often that but one of its "
        + "requests each {Interval} is looked at, and the others are answered 429")]
    public static partial void CallerLimited(
        ILogger logger, string source, IPAddress remoteAddress, TimeSpan interval);
}
