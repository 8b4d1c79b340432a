namespace Webhooks.Simulation;

/// <summary>Kills, stops and restarts processes, cuts the store off, and sets clocks wrong.</summary>
internal sealed class Saboteur(World world)
{
    private readonly Random _random = new(world.Random.Next());

    public async Task ActUntilAsync(TimeSpan end)
    {
        var repairs = new List<Task>();
        while (true)
        {
            await world.Time.DelayAsync(TimeSpan.FromSeconds(_random.Next(5, 90)));
            if (world.Time.Now >= end)
                break;

            repairs.RemoveAll(static repair => repair.IsCompletedSuccessfully);
            repairs.Add(ActAsync());
        }

        await Task.WhenAll(repairs);
    }

    private async Task ActAsync()
    {
        var act = _random.Next(10);
        if (world.Scenario.IsCalm || act < 3)
        {
            JumpClocks();
            return;
        }

        var node = await world.Processes.PickAsync(_random);
        switch (act)
        {
            case < 6:
                world.Totals.Crashes++;
                world.Processes.Kill(node);
                await RestartAsync();
                break;
            case 6:
                world.Totals.Restarts++;
                await world.Processes.ShutDownAsync(node, TimeSpan.FromSeconds(_random.Next(20)));
                await RestartAsync();
                break;
            case < 9:
                world.Totals.Stops++;
                await StopAsync(node);
                break;
            default:
                world.Faults.OutageUntil = world.Time.Now + TimeSpan.FromSeconds(_random.Next(1, 40));
                break;
        }
    }

    private async Task RestartAsync()
    {
        await world.Time.DelayAsync(TimeSpan.FromSeconds(_random.Next(30)));
        await world.Processes.StartAsync();
    }

    private async Task StopAsync(Node node)
    {
        node.Life.Stop();
        await world.Time.DelayAsync(world.Scenario.Delivery.LeaseDuration * 3 * _random.NextDouble());
        node.Life.Resume();
    }

    private void JumpClocks()
    {
        world.Totals.ClockJumps++;
        var running = world.Processes.Running;
        if (running.Count > 0 && _random.Next(4) > 0)
            running[_random.Next(running.Count)].SetClockOff(AnHourAtMost());
        else
            world.Time.Offset = AnHourAtMost();
    }

    private TimeSpan AnHourAtMost() => TimeSpan.FromHours((2 * _random.NextDouble()) - 1);
}
