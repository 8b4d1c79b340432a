namespace Webhooks.Simulation;

/// <summary>What a seed stands for.</summary>
internal sealed record Scenario
{
    public required int Seed { get; init; }

    /// <summary>Whether neither processes nor the store fail, only receivers: what comes late to a good one then was
    /// held up by the others.</summary>
    public required bool IsCalm { get; init; }

    public required int Nodes { get; init; }

    public required int Tenants { get; init; }

    public required int Endpoints { get; init; }

    /// <summary>How many deliveries to bring about.</summary>
    public required int Deliveries { get; init; }

    /// <summary>For how long things go wrong; afterwards everything is well, and all that waits must arrive.</summary>
    public required TimeSpan Duration { get; init; }

    public required double FaultRate { get; init; }

    public required TimeSpan StoreLatency { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required int MaxAttempts { get; init; }

    public required WebhookDeliveryOptions Delivery { get; init; }

    public static Scenario Of(int seed)
    {
        var random = new Random(seed);
        var isCalm = random.Next(4) == 0;
        return new Scenario
        {
            Seed = seed,
            IsCalm = isCalm,
            Nodes = random.Next(1, 5),
            Tenants = random.Next(1, 4),
            Endpoints = random.Next(4, 40),
            Deliveries = random.Next(3000, 9000),
            Duration = TimeSpan.FromMinutes(random.Next(8, 40)),
            FaultRate = isCalm || random.Next(4) == 0 ? 0 : random.NextDouble() * 0.1,
            StoreLatency = TimeSpan.FromMilliseconds(random.Next(2) * random.Next(isCalm ? 10 : 200)),
            AttemptTimeout = TimeSpan.FromSeconds(random.Next(2, 20)),
            MaxAttempts = random.Next(3, 12),
            Delivery = DeliveryOf(random, isCalm),
        };
    }

    public void Configure(WebhookSenderOptions options)
    {
        options.AttemptTimeout = AttemptTimeout;
        options.RetryPolicy = RetryPolicy.Exponential(
            TimeSpan.FromSeconds(1), MaxAttempts, maxDelay: TimeSpan.FromMinutes(10));
    }

    public void Configure(WebhookDeliveryOptions options)
    {
        options.LeaseDuration = Delivery.LeaseDuration;
        options.PollInterval = Delivery.PollInterval;
        options.MaxConcurrency = Delivery.MaxConcurrency;
        options.EndpointConcurrency = Delivery.EndpointConcurrency;
        options.MaxLeased = Delivery.MaxLeased;
        options.MaxOrderingWait = Delivery.MaxOrderingWait;
        options.CircuitThreshold = Delivery.CircuitThreshold;
        options.DisableAfter = Delivery.DisableAfter;
    }

    public override string ToString()
        => $"seed {Seed}{(IsCalm ? " (calm)" : "")}: {Nodes} nodes, {Endpoints} endpoints of {Tenants} tenants, {Duration}, "
            + $"{FaultRate:0.000} of the store's calls fail and take {StoreLatency.TotalMilliseconds} ms, leases of "
            + $"{Delivery.LeaseDuration}, concurrency {Delivery.MaxConcurrency}/{Delivery.EndpointConcurrency}, "
            + $"timeout {AttemptTimeout}, {MaxAttempts} attempts";

    private static WebhookDeliveryOptions DeliveryOf(Random random, bool isCalm)
    {
        // A calm node has slots for all its endpoints, so that nobody has to wait for a slot alone.
        var concurrency = isCalm ? 256 : random.Next(4, 200);
        return new WebhookDeliveryOptions
        {
            LeaseDuration = TimeSpan.FromSeconds(random.Next(5, 60)),
            PollInterval = TimeSpan.FromSeconds(random.Next(1, 6)),
            MaxConcurrency = concurrency,
            EndpointConcurrency = random.Next(1, 11),
            MaxLeased = concurrency * random.Next(1, 5),
            MaxOrderingWait = TimeSpan.FromMinutes(random.Next(0, 30)),
            CircuitThreshold = random.Next(2, 15),
            DisableAfter = random.Next(2) == 0 ? null : TimeSpan.FromMinutes(random.Next(5, 60)),
        };
    }
}
