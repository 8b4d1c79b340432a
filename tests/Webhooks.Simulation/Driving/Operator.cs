namespace Webhooks.Simulation;

/// <summary>Cancels, redelivers, recovers and replays at random.</summary>
internal sealed class Operator(World world)
{
    private readonly Random _random = new(world.Random.Next());

    public async Task ActUntilAsync(TimeSpan end)
    {
        while (true)
        {
            await world.Time.DelayAsync(TimeSpan.FromSeconds(_random.Next(5, 60)));
            if (world.Time.Now >= end)
                return;

            try
            {
                await ActAsync();
            }
            catch (Exception exception) when (exception is not LawBrokenException)
            {
                // It may have been done or not.
            }
        }
    }

    private async Task ActAsync()
    {
        if (world.Ledger.Messages.Count == 0)
            return;

        var node = await world.Processes.PickAsync(_random);
        var message = world.Ledger.Messages.Values.ElementAt(_random.Next(world.Ledger.Messages.Count));
        var endpoints = world.Ledger.Endpoints.Records.Where(record => record.Tenant == message.Record.Tenant).ToArray();
        if (endpoints.Length == 0)
            return;

        var id = MessageId.Parse(message.Record.Id);
        var endpoint = endpoints[_random.Next(endpoints.Length)].Id;
        switch (_random.Next(8))
        {
            case < 2:
                await node.CallAsync(() => node.Deliveries.CancelAsync(id, _random.Next(2) == 0 ? endpoint : null));
                break;
            case < 6:
                await node.CallAsync(() => node.Deliveries.RedeliverAsync(id, endpoint));
                break;
            case 6:
                await node.CallAsync(() => node.Deliveries.RecoverAsync(
                    endpoint, world.Time.GetUtcNow() - TimeSpan.FromMinutes(10)));
                break;
            default:
                await node.CallAsync(() => node.Deliveries.ReplayAsync(
                    endpoint, message.Record.CreatedAt, message.Record.CreatedAt + TimeSpan.FromSeconds(20)));
                break;
        }
    }
}
