using System.Text;

namespace Webhooks.Simulation;

/// <summary>Publishes at random, now on this node and now on that one.</summary>
internal sealed class Application(World world)
{
    private static readonly string[] EventTypes = ["invoice.paid", "invoice.voided", "user.created", "order.shipped.late"];

    private readonly Random _random = new(world.Random.Next());
    private int _published;

    public async Task PublishUntilAsync(TimeSpan end)
    {
        var pause = (end - world.Time.Now) * (4.0 * world.Scenario.Endpoints / world.Scenario.Tenants / world.Scenario.Deliveries);
        while (world.Time.Now < end && world.Totals.Deliveries < world.Scenario.Deliveries)
        {
            await world.Time.DelayAsync(pause * 2 * _random.NextDouble());
            await PublishAsync(_random.Next(3) > 0 ? 1 : _random.Next(2, 20));
        }
    }

    private async Task PublishAsync(int count)
    {
        var node = await world.Processes.PickAsync(_random);
        var messages = Enumerable.Range(0, count).Select(_ => Next(node.Clock)).ToArray();
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                await PublishAsync(node, messages);
                return;
            }
            catch (LawBrokenException)
            {
                throw;
            }
            catch (Exception)
            {
                // Stored or not: nobody knows, and the ids make it safe to try again, on this node or another.
                world.Totals.Uncertain += count;
                if (_random.Next(3) == 0)
                    return;

                node = await world.Processes.PickAsync(_random);
            }
        }
    }

    private async Task PublishAsync(Node node, WebhookMessage[] messages)
    {
        var results = messages.Length == 1
            ? [await node.CallAsync(() => node.Publisher.PublishAsync(messages[0]))]
            : await node.CallAsync(() => node.Publisher.PublishAsync(messages));
        foreach (var result in results)
        {
            if (!world.Ledger.Messages.TryGetValue(result.MessageId.Value, out var stored))
                throw world.Ledger.Break($"Message {result.MessageId} was published, but isn't stored.");
            if (!result.IsDuplicate && result.DeliveryCount > stored.Deliveries.Count)
                throw world.Ledger.Break($"Message {result.MessageId} has fewer deliveries than was said.");
        }

        world.Totals.Published += results.Count;
    }

    private WebhookMessage Next(DateTimeOffset now)
    {
        var type = EventTypes[_random.Next(EventTypes.Length)];
        var payload = Encoding.UTF8.GetBytes($"{{\"number\":{++_published},\"of\":{world.Scenario.Seed}}}");
        var message = WebhookMessage.Create(EventType.Parse(type), payload) with
        {
            Timestamp = now,
            Tenant = TenantName.Of(_random.Next(world.Scenario.Tenants)),
            OrderingKey = _random.Next(3) == 0 ? $"order-{_random.Next(6)}" : null,
            IdempotencyKey = _random.Next(5) == 0 ? $"key-{_random.Next(300)}" : null,
        };
        return _random.Next(20) switch
        {
            0 => message with { NotBefore = now + TimeSpan.FromMinutes(_random.Next(1, 20)) },
            1 => message with { ExpiresAt = now + TimeSpan.FromSeconds(_random.Next(5, 600)) },
            _ => message,
        };
    }
}
