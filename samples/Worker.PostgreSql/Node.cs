using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Webhooks;

namespace Worker;

/// <summary>What one process does with the store that all of them share.</summary>
internal sealed class Node(IServiceProvider services)
{
    public async Task SubscribeAsync(Uri url, SigningSecret secret, string[] filters)
    {
        var endpoints = services.GetRequiredService<IWebhookEndpoints>();
        var stored = await endpoints.CreateAsync(new WebhookEndpoint(url, secret)
        {
            EventTypes = filters is [] ? [EventTypeFilter.All] : [.. filters.Select(EventTypeFilter.Parse)],
        });
        Console.WriteLine($"{stored.Id} gets {string.Join(", ", stored.Endpoint.EventTypes)}");
    }

    public async Task PublishAsync(string type, int count)
    {
        var publisher = services.GetRequiredService<IWebhookPublisher>();
        for (var number = 1; number <= count; number++)
        {
            var message = WebhookMessage.CreateEnvelope(EventType.Parse(type), new Item(number), ItemJson.Default.Item);
            var published = await publisher.PublishAsync(message);
            Console.WriteLine($"{published.MessageId} goes to {published.DeliveryCount} endpoints");
        }
    }

    public async Task ListFailedAsync()
    {
        var deliveries = services.GetRequiredService<IWebhookDeliveries>();
        var query = new DeliveryQuery { State = DeliveryState.Failed };
        for (var page = await deliveries.FindAsync(query); ;
             page = await deliveries.FindAsync(query with { Continuation = page.Continuation }))
        {
            foreach (var delivery in page.Items)
                Console.WriteLine($"{delivery.MessageId} to {delivery.EndpointId}: {delivery.Failure}, {delivery.LastAttempt}");
            if (page.Continuation is null)
                return;
        }
    }
}

internal sealed record Item(int Number);

[JsonSerializable(typeof(Item))]
internal sealed partial class ItemJson : JsonSerializerContext;
