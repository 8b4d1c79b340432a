namespace Webhooks.Simulation;

/// <summary>Creates endpoints, and disables, enables, changes and deletes them at random.</summary>
internal sealed class EndpointOwner(World world)
{
    private static readonly string[] Filters = ["*", "invoice.*", "user.created", "order.*", "invoice.paid"];

    private readonly Random _random = new(world.Random.Next());
    private readonly List<(string Id, Receiver Receiver)> _endpoints = [];

    public async Task CreateAllAsync()
    {
        while (_endpoints.Count < world.Scenario.Endpoints)
            await CreateAsync(isAlwaysGood: _endpoints.Count % 2 == 0);
    }

    public async Task ChangeUntilAsync(TimeSpan end)
    {
        while (true)
        {
            await world.Time.DelayAsync(TimeSpan.FromSeconds(_random.Next(10, 90)));
            if (world.Time.Now >= end)
                return;

            try
            {
                await ChangeAsync();
                world.Totals.EndpointChanges++;
            }
            catch (Exception exception) when (exception is not LawBrokenException)
            {
                // It may have been done or not, or somebody else was first.
            }
        }
    }

    /// <summary>Enables what is disabled, whoever did it.</summary>
    public async Task EnableAllAsync()
    {
        foreach (var record in world.Ledger.Endpoints.Records.ToArray())
        {
            if (record.State != EndpointState.Disabled)
                continue;

            var node = await world.Processes.PickAsync(_random);
            await node.Endpoints.EnableAsync(record.Id);
        }
    }

    private async Task ChangeAsync()
    {
        var node = await world.Processes.PickAsync(_random);
        var (id, receiver) = _endpoints[_random.Next(_endpoints.Count)];
        if (receiver.IsAlwaysGood && world.Scenario.IsCalm)
            return;

        switch (_random.Next(10))
        {
            case < 3:
                await node.CallAsync(() => node.Endpoints.DisableAsync(id, "by hand"));
                break;
            case < 7:
                await node.CallAsync(() => node.Endpoints.EnableAsync(id));
                break;
            case 7:
                await node.CallAsync(() => node.Endpoints.DeleteAsync(id));
                break;
            case 8:
                await node.CallAsync(() => node.Endpoints.RotateSecretAsync(id));
                break;
            default:
                await CreateAsync(isAlwaysGood: false);
                break;
        }
    }

    private async Task CreateAsync(bool isAlwaysGood)
    {
        var receiver = world.Receivers.Add(isAlwaysGood, out var url);
        EventTypeFilter[] filters = [EventTypeFilter.Parse(Filters[_random.Next(Filters.Length)])];
        var endpoint = new WebhookEndpoint(url, SigningSecret.Generate())
        {
            Tenant = TenantName.Of(_random.Next(world.Scenario.Tenants)),
            EventTypes = filters,
            MaxConcurrency = _random.Next(3) == 0 ? _random.Next(1, 20) : null,
            RateLimit = !isAlwaysGood && _random.Next(6) == 0
                ? new EndpointRateLimit(_random.Next(1, 50), TimeSpan.FromSeconds(_random.Next(1, 10)))
                : null,
        };
        world.Ledger.Endpoints.Expect(endpoint.Id, filters, receiver);
        _endpoints.Add((endpoint.Id, receiver));
        var node = await world.Processes.PickAsync(_random);
        await node.CallAsync(() => node.Endpoints.CreateAsync(endpoint));
    }
}
