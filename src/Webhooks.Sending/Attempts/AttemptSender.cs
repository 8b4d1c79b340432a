using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Makes one attempt: authorize, sign, post, read. Knows nothing of retries, so that whoever keeps messages can use it
/// as well. Whatever goes wrong is an outcome; only the caller's own cancellation leaves as an exception.
/// </summary>
internal sealed class AttemptSender(
    HttpMessageInvoker invoker,
    IWebhookSigner signer,
    WebhookSenderOptions options,
    NetworkPolicy networkPolicy,
    AttemptMetrics metrics,
    TimeProvider timeProvider,
    ILogger logger)
{
    private readonly AttemptTimer _timer = new(timeProvider);
    private readonly ResponseReader _responses = new(options, timeProvider);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WebhookAttempt> SendAsync(
        WebhookMessage message, WebhookEndpoint endpoint, int number, CancellationToken cancellationToken)
    {
        using var activity = AttemptTracing.Start(message, endpoint, number);
        var startedAt = timeProvider.GetUtcNow();
        var startedTicks = timeProvider.GetTimestamp();
        AttemptOutcome outcome;
        using (var lease = _timer.Start(endpoint.Timeout ?? options.AttemptTimeout, cancellationToken))
        {
            try
            {
                outcome = await PostAsync(message, endpoint, number, activity, lease.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What a stranger's server can make the network throw has no common type.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ThrowIfCancelled(message, endpoint, number, activity, cancellationToken);
                outcome = Classify(exception, endpoint, lease.Token.IsCancellationRequested);
            }
        }

        var attempt = new WebhookAttempt(number, startedAt, timeProvider.GetElapsedTime(startedTicks), outcome);
        Report(message, endpoint, attempt, activity);
        return attempt;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AttemptOutcome> PostAsync(
        WebhookMessage message, WebhookEndpoint endpoint, int number, Activity? activity,
        CancellationToken cancellationToken)
    {
        var mayRenew = true;
        var mayResend = true;
        while (true)
        {
            using var request = new WebhookRequest(message, endpoint, options, networkPolicy);
            var credentials = endpoint.Authorization is null
                ? null
                : await AuthorizeAsync(request, message, endpoint, number, cancellationToken).ConfigureAwait(false);
            await SignAsync(request, message, endpoint, number, cancellationToken).ConfigureAwait(false);
            if (options.PropagateTraceContext)
                AttemptTracing.Propagate(request, activity);

            try
            {
                using var response = await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (!mayRenew || response.StatusCode != HttpStatusCode.Unauthorized
                    || credentials is null || !endpoint.Authorization!.TryRenew(credentials))
                    return await _responses.ReadAsync(response, endpoint.Url, cancellationToken).ConfigureAwait(false);

                mayRenew = false;
                logger.CredentialsRenewed(endpoint.Id, message.Id.Value);
            }
            catch (HttpRequestException e) when (mayResend && request.IsOnKeptConnection && ErrorClassifier.IsReset(e))
            {
                // A receiver may close an idle connection just as a request goes out on it. That says nothing of the
                // receiver or the message; a second request does.
                mayResend = false;
                logger.SentAgain(message.Id.Value, endpoint.Id);
            }
        }
    }

    private async ValueTask<string> AuthorizeAsync(
        WebhookRequest request, WebhookMessage message, WebhookEndpoint endpoint, int number,
        CancellationToken cancellationToken)
    {
        var authorization = endpoint.Authorization!;
        try
        {
            var context = new WebhookAuthorizationContext(message, endpoint, number, timeProvider, invoker);
            var value = await authorization.GetHeaderValueAsync(context, cancellationToken).ConfigureAwait(false);
            request.SetCredential(authorization.HeaderName, value);
            return value;
        }
        catch (Exception exception) when (IsOwnFault(exception, cancellationToken))
        {
            logger.AuthorizationThrew(exception, authorization.GetType().Name, message.Id.Value, endpoint.Id);
            throw new AttemptException(
                WebhookErrorKind.AuthorizationFailed,
                $"{authorization.GetType().Name} threw {exception.GetType().Name}; the log has more.",
                exception);
        }
    }

    private ValueTask SignAsync(
        WebhookRequest request, WebhookMessage message, WebhookEndpoint endpoint, int number,
        CancellationToken cancellationToken)
    {
        try
        {
            var context = new WebhookSigningContext(message, endpoint, number, timeProvider.GetUtcNow(), request);
            var signing = signer.SignAsync(context, cancellationToken);
            return signing.IsCompletedSuccessfully
                ? signing
                : AwaitSigningAsync(signing, message, endpoint, cancellationToken);
        }
        catch (Exception exception) when (IsOwnFault(exception, cancellationToken))
        {
            throw SigningFailed(exception, message, endpoint);
        }
    }

    private async ValueTask AwaitSigningAsync(
        ValueTask signing, WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            await signing.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOwnFault(exception, cancellationToken))
        {
            throw SigningFailed(exception, message, endpoint);
        }
    }

    private AttemptException SigningFailed(Exception exception, WebhookMessage message, WebhookEndpoint endpoint)
    {
        logger.SigningThrew(exception, message.Id.Value, endpoint.Id);
        return new AttemptException(
            WebhookErrorKind.SigningFailed,
            $"{signer.GetType().Name} threw {exception.GetType().Name}; the log has more.",
            exception);
    }

    private AttemptOutcome Classify(Exception exception, WebhookEndpoint endpoint, bool timedOut)
    {
        var outcome = ErrorClassifier.Classify(exception, timedOut);

        // DNS may lead elsewhere the next time; the URL and the policy stay what they are.
        return outcome.Error == WebhookErrorKind.AddressRefused
               && !endpoint.JudgeUrl(endpoint.Network ?? networkPolicy).IsAllowed
            ? outcome with { IsFinal = true }
            : outcome;
    }

    // An outcome that has a kind already keeps it, and running out of time is no fault of the signer's.
    private static bool IsOwnFault(Exception exception, CancellationToken cancellationToken)
        => exception is not AttemptException && !cancellationToken.IsCancellationRequested;

    private void ThrowIfCancelled(
        WebhookMessage message, WebhookEndpoint endpoint, int number, Activity? activity,
        CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            return;

        activity?.SetStatus(ActivityStatusCode.Error, "cancelled");
        logger.Cancelled(message.Id.Value, endpoint.Id, number);
        throw new OperationCanceledException(cancellationToken);
    }

    private void Report(WebhookMessage message, WebhookEndpoint endpoint, WebhookAttempt attempt, Activity? activity)
    {
        if (activity is not null)
            AttemptTracing.Complete(activity, attempt);
        metrics.Record(message, attempt);

        var milliseconds = (long)attempt.Duration.TotalMilliseconds;
        if (!attempt.Succeeded)
        {
            logger.AttemptFailed(
                message.Id.Value, message.EventType.Value, endpoint.Id, endpoint.Url.Host, attempt.Number,
                attempt.Error, attempt.StatusCode, milliseconds, attempt.Detail);
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.AttemptSucceeded(
                message.Id.Value, message.EventType.Value, endpoint.Id, endpoint.Url.Host, attempt.Number,
                attempt.StatusCode, milliseconds);
        }

        if (attempt.ShouldDisableEndpoint)
            logger.EndpointShouldBeDisabled(endpoint.Id, endpoint.Url.Host);
    }
}
