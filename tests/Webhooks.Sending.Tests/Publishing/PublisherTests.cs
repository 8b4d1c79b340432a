namespace Webhooks.Tests.Publishing;

public sealed class PublisherTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly PublishHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_message_is_stored_with_a_delivery_for_each_endpoint_that_wants_it()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint() with { EventTypes = ["invoice.paid"] }, Cancel);
        await _host.Endpoints.CreateAsync(Some.Endpoint() with { EventTypes = ["invoice.*", "order.*"] }, Cancel);
        await _host.Endpoints.CreateAsync(Some.Endpoint() with { EventTypes = ["order.*"] }, Cancel);
        await _host.Endpoints.CreateAsync(Some.Endpoint() with { Tenant = "acme" }, Cancel);
        var message = Some.Message("invoice.paid") with { Headers = new Dictionary<string, string> { ["X-A"] = "1" } };

        var result = await _host.Publisher.PublishAsync(message, Cancel);

        Assert.Equal(new PublishResult(message.Id, 2, IsDuplicate: false), result);
        Assert.Equal([1, 2], (await _host.DeliveriesAsync()).Select(delivery => delivery.EndpointNumber));
        var stored = MessageRecords.ToMessage(Assert.Single(await _host.MessagesAsync()));
        Assert.Equal(message.Id, stored.Id);
        Assert.Equal(message.Payload.ToArray(), stored.Payload.ToArray());
        Assert.Equal("1", stored.Headers["X-A"]);
    }
}
