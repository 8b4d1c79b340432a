using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>Does this and that to a store, the same for the same seed, as two nodes.</summary>
internal sealed class RandomActor(int seed, TestStore test, TestStore other)
{
    private const int Endpoints = 4;

#pragma warning disable RS0030 // The test wants the same numbers for the same seed.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030
    private readonly List<Claim> _claims = [];

    public async Task StartAsync()
    {
        for (var i = 0; i < Endpoints; i++)
            await test.EndpointAsync(i == 0 ? "acme" : "");
    }

    public async Task<string> ActAsync()
    {
        var node = _random.Next(3) == 0 ? other : test;
        var action = _random.Next(15);
        switch (action)
        {
            case 0 or 1 or 2:
                await PublishAsync(node);
                return "publish";
            case 3 or 4 or 5:
                _claims.Add(await node.ClaimAsync(_random.Next(1, 12)));
                return "claim";
            case 6 or 7 or 8:
                await CompleteAsync(node);
                return "complete";
            case 9:
                await node.Store.ReleaseAsync([.. AnyClaim().Keys.Where(_ => _random.Next(2) == 0)], TestStore.Cancel);
                return "release";
            case 10:
                await node.Store.RenewAsync(AnyClaim().Keys, TimeSpan.FromMinutes(2), TestStore.Cancel);
                return "renew";
            case 11:
                test.Clock.Advance(TimeSpan.FromSeconds(_random.Next(1, 120)));
                return "advance";
            case 12:
                await RedeliverAsync(node);
                return "redeliver";
            case 13:
                await WriteEndpointAsync(node);
                return "write endpoint";
            default:
                return await CleanAsync(node);
        }
    }

    private async Task PublishAsync(TestStore node)
    {
        var messages = Enumerable.Range(0, _random.Next(1, 6)).Select(_ =>
        {
            var key = _random.Next(2) == 0 ? $"k{_random.Next(3)}" : null;
            var message = Some.Message(_random.Next(3) == 0 ? "acme" : "") with { OrderingKey = key };
            return new NewMessage
            {
                Message = message,
                Endpoints = [.. Enumerable.Range(1, Endpoints).Select(number => (long)number).Where(_ => _random.Next(2) == 0)],
                Delay = TimeSpan.FromSeconds(_random.Next(3) == 0 ? _random.Next(90) : 0),
            };
        });
        await node.Store.PublishAsync(await node.BatchAsync([.. messages]), TestStore.Cancel);
    }

    private async Task CompleteAsync(TestStore node)
    {
        var claim = AnyClaim();
        _claims.Remove(claim);
        var outcomes = claim.Deliveries.Where(_ => _random.Next(5) > 0).Select(delivery => _random.Next(5) switch
        {
            0 => claim.Fail(delivery),
            1 => claim.Retry(delivery, TimeSpan.FromSeconds(_random.Next(60))) with { LeavesOrder = _random.Next(2) == 0 },
            2 => claim.Complete(delivery, DeliveryState.Pending) with { RetryDelay = TimeSpan.FromSeconds(_random.Next(20)) },
            _ => claim.Succeed(delivery),
        });
        await node.Store.CompleteAsync([.. outcomes], TestStore.Cancel);
    }

    private async Task RedeliverAsync(TestStore node)
    {
        if (_random.Next(2) == 0)
        {
            await node.Store.RedeliverAsync(await SomeIdsAsync(), AttemptTrigger.Manual, TestStore.Cancel);
            return;
        }

        var messages = await node.Store.FindMessagesAsync(new MessageFilter { Limit = 20 }, TestStore.Cancel);
        await node.Store.ReplayAsync(
            [.. messages.Where(_ => _random.Next(4) == 0).Select(message => message.Number)],
            _random.Next(1, Endpoints + 1), TestStore.Cancel);
    }

    private async Task WriteEndpointAsync(TestStore node)
    {
        var endpoints = (await node.Store.ReadEndpointsAsync(0, TestStore.Cancel)).Endpoints;
        var endpoint = endpoints[_random.Next(endpoints.Count)];
        var state = endpoint.State == EndpointState.Enabled ? EndpointState.Disabled : EndpointState.Enabled;
        await node.Store.UpdateEndpointAsync(endpoint with { State = state }, TestStore.Cancel);
    }

    private async Task<string> CleanAsync(TestStore node)
    {
        if (_random.Next(2) == 0)
        {
            await node.Store.CancelAsync(await SomeIdsAsync(), TestStore.Cancel);
            return "cancel";
        }

        var limits = new RetentionLimits { Succeeded = TimeSpan.FromMinutes(3), Failed = TimeSpan.FromMinutes(9) };
        await node.Store.PurgeAsync(limits with { BatchSize = _random.Next(1, 10) }, TestStore.Cancel);
        return "purge";
    }

    private async Task<long[]> SomeIdsAsync()
        => [.. (await test.DeliveriesAsync()).Where(_ => _random.Next(8) == 0).Select(delivery => delivery.Id)];

    private Claim AnyClaim() => _claims.Count == 0
        ? new Claim(0, new ClaimResult { Deliveries = [], EndpointRevision = 0 })
        : _claims[_random.Next(_claims.Count)];
}
