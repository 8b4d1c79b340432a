namespace Webhooks.Simulation;

/// <summary>How often, and how, the store fails.</summary>
internal sealed class StoreFaults(Random random, SimulatedTime time, Totals totals)
{
    /// <summary>The share of calls that fail, 0 to 1.</summary>
    public double Rate { get; set; }

    /// <summary>The longest that a call takes to get to the store, and again to come back.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Until when the store can't be reached at all.</summary>
    public TimeSpan OutageUntil { get; set; }

    public Task TravelAsync()
        => Latency == TimeSpan.Zero ? Task.CompletedTask : time.DelayAsync(Latency * random.NextDouble());

    /// <summary>Fails before anything was done, or, asked again on the way back, after it was.</summary>
    public void Strike()
    {
        if (time.Now >= OutageUntil && (Rate == 0 || random.NextDouble() >= Rate / 2))
            return;

        totals.StoreFaults++;
        throw new IOException("The connection to the store broke.");
    }

    /// <summary>Whether a call still arrives whose process was killed on the way.</summary>
    public bool StillArrives() => random.Next(2) == 0;
}
