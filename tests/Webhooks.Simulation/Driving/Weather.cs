namespace Webhooks.Simulation;

/// <summary>Changes how receivers behave.</summary>
internal sealed class Weather(World world)
{
    private readonly Random _random = new(world.Random.Next());

    public async Task ChangeUntilAsync(TimeSpan end)
    {
        while (world.Time.Now < end)
        {
            var changeable = world.Receivers.All.Where(static receiver => !receiver.IsAlwaysGood).ToArray();
            var receiver = changeable[_random.Next(changeable.Length)];

            // Gone for good is rare, or soon nobody would be left.
            receiver.Behaviour = _random.Next(12) switch
            {
                0 or 1 => Behaviour.Good,
                2 or 3 => Behaviour.Fails,
                4 or 5 => Behaviour.Hangs,
                6 => Behaviour.Resets,
                7 => Behaviour.Slow,
                8 => Behaviour.Overloaded,
                9 when _random.Next(4) == 0 => Behaviour.Gone,
                _ => Behaviour.Moody,
            };
            await world.Time.DelayAsync(TimeSpan.FromSeconds(_random.Next(1, 30)));
        }
    }
}
