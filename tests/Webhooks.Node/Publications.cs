using System.Globalization;
using System.Text;

namespace Webhooks.Node;

/// <summary>
/// Publishes and says so: <c>began</c> before (<c>ordering</c>, where it is in a transaction with an order),
/// <c>accepted</c> when the library has promised delivery, <c>doomed</c> before a transaction is rolled back,
/// <c>refused</c> with the reason when publishing threw. The event type and the ids follow.
/// </summary>
internal sealed class Publications(IWebhookPublisher publisher, Outbox outbox, Reports reports)
{
    private const string UsualType = "order.placed";

    public async Task PublishAsync(int count, int size, string? type)
        => await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SingleAsync(size, type ?? UsualType)));

    public Task SingleAsync(int size, string type = UsualType)
    {
        var message = Message(size, type);
        return TellAsync(
            "began",
            $"{type} {message.Id.Value}",
            async () => await publisher.PublishAsync(message, CancellationToken.None));
    }

    public Task BatchAsync(int count, int size)
    {
        WebhookMessage[] messages = [.. Enumerable.Range(0, count).Select(_ => Message(size))];
        return TellAsync(
            "began",
            $"{UsualType} {string.Join(' ', messages.Select(message => message.Id.Value))}",
            async () => await publisher.PublishAsync(messages, CancellationToken.None));
    }

    public Task CommittedAsync(int size)
    {
        var message = Message(size);
        return TellAsync("ordering", $"{UsualType} {message.Id.Value}", async () =>
        {
            await using var connection = await outbox.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await publisher.PublishAsync(message, transaction, CancellationToken.None);
            await Outbox.InsertOrderAsync(transaction, message.Id.Value);
            await transaction.CommitAsync();
        });
    }

    public async Task RolledBackAsync(int size)
    {
        var message = Message(size);
        reports.Write($"doomed {UsualType} {message.Id.Value}");
        try
        {
            await using var connection = await outbox.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await publisher.PublishAsync(message, transaction, CancellationToken.None);
            await Outbox.InsertOrderAsync(transaction, message.Id.Value);
            await transaction.RollbackAsync();
        }
        catch (Exception exception)
        {
            Refuse($"{UsualType} {message.Id.Value}", exception);
        }
    }

    private async Task TellAsync(string word, string messages, Func<Task> publish)
    {
        reports.Write($"{word} {messages}");
        try
        {
            await publish();
        }
        catch (Exception exception)
        {
            Refuse(messages, exception);
            return;
        }

        reports.Write($"accepted {messages}");
    }

    private void Refuse(string messages, Exception exception)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        reports.Write($"refused {messages} | {reason[..Math.Min(reason.Length, 500)]}");
    }

    // The clock that counts in the payload is the machine's, which the test can compare with its own.
    private static WebhookMessage Message(int size, string type = UsualType)
    {
        var text = $$"""{"at":{{TimeProvider.System.GetTimestamp().ToString(CultureInfo.InvariantCulture)}},"fill":"""
            + '"';
        var payload = new byte[Math.Max(size, text.Length + 2)];
        Array.Fill(payload, (byte)'x');
        Encoding.UTF8.GetBytes(text, payload);
        payload[^2] = (byte)'"';
        payload[^1] = (byte)'}';
        return WebhookMessage.Create(EventType.Parse(type), payload);
    }
}
