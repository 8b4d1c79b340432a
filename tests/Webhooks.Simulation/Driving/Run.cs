namespace Webhooks.Simulation;

/// <summary>One seed from beginning to end: a time in which everything goes wrong, a time in which all is well and what
/// waits must arrive, and the audit.</summary>
internal sealed class Run(World world)
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(8);

    public async Task ExecuteAsync()
    {
        var all = LiveAsync();
        await Task.WhenAny(all, world.Ledger.Broken);
        if (world.Ledger.Broken.IsCompleted)
            throw new LawBrokenException(await world.Ledger.Broken);
        await all;
    }

    private async Task LiveAsync()
    {
        for (var i = 0; i < world.Scenario.Nodes; i++)
            await world.Processes.StartAsync();
        var endpoints = new EndpointOwner(world);
        await endpoints.CreateAllAsync();
        world.Faults.Rate = world.Scenario.FaultRate;
        world.Faults.Latency = world.Scenario.StoreLatency;
        var end = world.Time.Now + world.Scenario.Duration;
        await Task.WhenAll(
            new Application(world).PublishUntilAsync(end),
            new Application(world).PublishUntilAsync(end),
            endpoints.ChangeUntilAsync(end),
            new Weather(world).ChangeUntilAsync(end),
            new Saboteur(world).ActUntilAsync(end),
            new Operator(world).ActUntilAsync(end));
        await DrainAsync(endpoints);
        foreach (var node in world.Processes.Running.ToArray())
            await world.Processes.ShutDownAsync(node, TimeSpan.FromSeconds(30));
        await new Audit(world).CheckAsync();
        world.Totals.Simulated += world.Time.Now;
        world.Totals.Runs++;
    }

    private async Task DrainAsync(EndpointOwner endpoints)
    {
        world.Faults.Rate = 0;
        world.Faults.Latency = TimeSpan.Zero;
        foreach (var receiver in world.Receivers.All)
            receiver.Behaviour = Behaviour.Good;
        var end = world.Time.Now + LongestDrain;
        while (world.Ledger.Deliveries.Any(static delivery => delivery.IsPending))
        {
            if (world.Time.Now > end)
            {
                var stuck = world.Ledger.Deliveries.Where(static delivery => delivery.IsPending).ToArray();
                world.Trace.Note(stuck[0], "is stuck");
                throw world.Ledger.Break($"{stuck.Length} deliveries never end, such as {stuck[0]}.");
            }

            await endpoints.EnableAllAsync();
            await world.Time.DelayAsync(TimeSpan.FromMinutes(1));
        }
    }
}
