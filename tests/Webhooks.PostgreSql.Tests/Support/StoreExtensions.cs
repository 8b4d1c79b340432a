using Webhooks.Stores;

namespace Webhooks.Support;

internal static class StoreExtensions
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Publishes a message to one endpoint.</summary>
    public static Task PublishAsync(this WebhookStore store, EndpointRecord endpoint, string? orderingKey)
    {
        var message = new NewMessage
        {
            Message = Some.Message() with { OrderingKey = orderingKey },
            Endpoints = [endpoint.Number],
        };
        return store.PublishAsync(new PublishBatch([message], endpoint.Revision), Cancel);
    }

    /// <summary>Claims, up to ten deliveries of an endpoint.</summary>
    public static async Task<Claim> ClaimAsync(this WebhookStore store, int maxCount = 10, long cursor = 0)
    {
        var request = new ClaimRequest
        {
            MaxCount = maxCount,
            DefaultEndpointLimit = 10,
            LeaseDuration = TimeSpan.FromMinutes(1),
            Lease = Some.Lease(),
            Cursor = cursor,
        };
        return new Claim(request.Lease, await store.ClaimAsync(request, Cancel));
    }
}
