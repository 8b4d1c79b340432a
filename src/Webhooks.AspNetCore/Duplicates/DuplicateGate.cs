using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>
/// Lets the application handle each verified webhook once: claims its key, runs the application, and then either
/// remembers the webhook as handled or gives it back, so that the sender's next attempt is handled.
/// </summary>
/// <remarks>When in doubt a webhook is handled twice rather than never.</remarks>
internal sealed class DuplicateGate(
    WebhookDuplicateStore store,
    IOptions<WebhookDuplicateOptions> options,
    DuplicateMetrics metrics,
    TimeProvider time,
    ILogger<DuplicateGate> logger)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(10);

    // A process that dies takes its memory along, so there nothing has to run out.
    private static readonly TimeSpan ForEver = TimeSpan.MaxValue;

    private readonly WebhookDuplicateOptions _options = options.Value;

    /// <summary>Runs the application if the webhook is new, and answers otherwise.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(HttpContext context, VerifiedWebhook webhook, RequestDelegate next)
    {
        DuplicateClaim claim;
        try
        {
            claim = await ClaimAsync(webhook.DuplicateKey).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps the store from answering: without an answer nothing may be handled.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.DuplicateNotClaimed(logger, exception, webhook.Source);
            await AnswerAsync(context, webhook, DuplicateResult.Unknown).ConfigureAwait(false);
            return;
        }

        if (claim.State != DuplicateState.New)
        {
            var known = claim.State == DuplicateState.Handled ? DuplicateResult.Handled : DuplicateResult.InProgress;
            await AnswerAsync(context, webhook, known).ConfigureAwait(false);
            return;
        }

        Note(webhook, DuplicateResult.New);
        var renewal = store.IsShared
            ? ClaimRenewal.Start(store, _options, time, logger, webhook, claim.Token)
            : null;
        var isAccepted = false;
        try
        {
            await next(context).ConfigureAwait(false);
            isAccepted = IsAccepted(context, webhook);
        }
        finally
        {
            if (renewal is not null)
                await renewal.DisposeAsync().ConfigureAwait(false);
            await EndAsync(webhook, claim.Token, isAccepted).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the sender hears that its webhook was accepted. Where it went away before it could, only
    /// handlers that say of themselves that they have ended count: what a route did by then nobody knows.</summary>
    private static bool IsAccepted(HttpContext context, VerifiedWebhook webhook) =>
        context.Response.StatusCode is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices
        && (webhook.IsHandled || !context.RequestAborted.IsCancellationRequested);

    private ValueTask<DuplicateClaim> ClaimAsync(string key) => store.IsShared
        ? ClaimSharedAsync(key)
        : store.ClaimAsync(key, ForEver, CancellationToken.None);

    private async ValueTask<DuplicateClaim> ClaimSharedAsync(string key)
    {
        using var patience = new CancellationTokenSource(_options.StoreTimeout, time);
        return await store.ClaimAsync(key, _options.HoldFor, patience.Token).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context, VerifiedWebhook webhook, DuplicateResult result)
    {
        Note(webhook, result);
        if (result == DuplicateResult.Handled)
        {
            Log.DuplicateDropped(logger, webhook.Source);
            context.Response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        }

        if (result == DuplicateResult.InProgress)
            Log.DuplicateInProgress(logger, webhook.Source);
        var after = _options.HoldFor < LongestRetryAfter ? _options.HoldFor : LongestRetryAfter;
        Problem.RetryAfter(context, after);
        return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private void Note(VerifiedWebhook webhook, DuplicateResult result)
    {
        metrics.Claimed(webhook.Source, result);
        Activity.Current?.SetTag("webhooks.duplicates.result", DuplicateMetrics.NameOf(result));
    }

    /// <summary>Notes what became of a webhook. Never throws: the sender's answer stands already.</summary>
    private ValueTask EndAsync(VerifiedWebhook webhook, long token, bool isAccepted)
    {
        if (store.IsShared)
            return EndSharedAsync(webhook, token, isAccepted);

        var ending = SettleAsync(webhook, token, isAccepted, CancellationToken.None);
        if (!ending.IsCompletedSuccessfully)
            return AwaitEndAsync(webhook, ending, isAccepted);
        Tell(webhook, isAccepted, ending.Result);
        return default;
    }

    private async ValueTask EndSharedAsync(VerifiedWebhook webhook, long token, bool isAccepted)
    {
        using var patience = new CancellationTokenSource(_options.StoreTimeout, time);
        var ending = SettleAsync(webhook, token, isAccepted, patience.Token);
        await AwaitEndAsync(webhook, ending, isAccepted).ConfigureAwait(false);
    }

    private async ValueTask AwaitEndAsync(VerifiedWebhook webhook, ValueTask<bool> ending, bool isAccepted)
    {
        try
        {
            Tell(webhook, isAccepted, await ending.ConfigureAwait(false));
        }
#pragma warning disable CA1031 // The claim runs out by itself, and the webhook may then be handled again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            metrics.Ended(webhook.Source, DuplicateResult.Unsettled);
            Log.DuplicateUnsettled(logger, exception, webhook.Source, isAccepted);
        }
    }

    private async ValueTask<bool> SettleAsync(
        VerifiedWebhook webhook, long token, bool isAccepted, CancellationToken cancellationToken)
    {
        if (isAccepted)
        {
            return await store.CompleteAsync(webhook.DuplicateKey, token, _options.KeepFor, cancellationToken)
                .ConfigureAwait(false);
        }

        await store.ReleaseAsync(webhook.DuplicateKey, token, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private void Tell(VerifiedWebhook webhook, bool isAccepted, bool wasHeld)
    {
        metrics.Ended(
            webhook.Source,
            !isAccepted ? DuplicateResult.Released : wasHeld ? DuplicateResult.Completed : DuplicateResult.Lost);
        if (!isAccepted)
            Log.DuplicateReleased(logger, webhook.Source);
        else if (!wasHeld)
            Log.DuplicateLost(logger, webhook.Source);
    }
}
