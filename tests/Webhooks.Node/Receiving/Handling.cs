using System.Data.Common;

namespace Webhooks.Node;

/// <summary>
/// Handles webhooks, and says how far it is before it goes on, since the process may be killed anywhere in between:
/// <c>handling</c>, <c>affected</c> when the effect is written, <c>marked</c>, <c>handled</c>, or <c>failed</c> when it
/// throws. The node and the webhook's id follow.
/// </summary>
internal sealed class Handling(Outbox database, NodeSettings settings, Reports reports)
{
    private const int LongestPause = 4;

    /// <summary>The effect and the mark are of one transaction: this application's own, or the inbox's.</summary>
    public Task JoinAsync(WebhookEvent webhook, CancellationToken cancellationToken) => webhook.Id![^1] % 2 == 0
        ? JoinOwnAsync(webhook, cancellationToken)
        : TellAsync(webhook, () => webhook.HandleOnceAsync(
            (transaction, _) => AffectAsync(transaction.Connection!, transaction, webhook), cancellationToken));

    /// <summary>The effect is on its own, and the webhook counts as handled when this returns.</summary>
    public Task HandleAsync(WebhookEvent webhook, CancellationToken cancellationToken) => TellAsync(webhook, async () =>
    {
        await using var connection = await database.ConnectAsync();
        await AffectAsync(connection, null, webhook);
    });

    private Task JoinOwnAsync(WebhookEvent webhook, CancellationToken cancellationToken) => TellAsync(webhook, async () =>
    {
        await using var connection = await database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AffectAsync(connection, transaction, webhook);
        await webhook.MarkHandledAsync(transaction, cancellationToken);
        await SayAsync("marked", webhook);
        await transaction.CommitAsync(cancellationToken);
    });

    private async Task TellAsync(WebhookEvent webhook, Func<Task> handle)
    {
        await SayAsync("handling", webhook);
        try
        {
            await handle();
            Report("handled", webhook);
        }
        catch
        {
            Report("failed", webhook);
            throw;
        }
    }

    private async Task AffectAsync(DbConnection connection, DbTransaction? transaction, WebhookEvent webhook)
    {
        await Outbox.InsertEffectAsync(connection, transaction, webhook, settings.Name);
        await SayAsync("affected", webhook);
    }

    // Work takes time, and a kill has to find the process at each step.
    private async Task SayAsync(string step, WebhookEvent webhook)
    {
        Report(step, webhook);
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(LongestPause)), TimeProvider.System);
    }

    private void Report(string step, WebhookEvent webhook) => reports.Write($"{step} {settings.Name} {webhook.Id}");
}
