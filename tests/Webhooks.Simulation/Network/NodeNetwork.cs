namespace Webhooks.Simulation;

/// <summary>The network as one process sees it.</summary>
internal sealed class NodeNetwork(Node node, World world) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var receiver = world.Receivers.At(request.RequestUri!);
        var id = request.Headers.GetValues("webhook-id").Single();
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var delivery = world.Ledger.OnAttemptBegun(node, id, receiver.EndpointNumber, body);
        try
        {
            var response = await receiver.AnswerAsync(cancellationToken);

            // The receiver has it, even if the process that sent it hears no more of that.
            if (response.IsSuccessStatusCode)
                world.Ledger.OnAccepted(node, delivery);
            await node.Life.EnterAsync();
            return response;
        }
        finally
        {
            delivery.Attempting.Remove(node);
        }
    }
}
