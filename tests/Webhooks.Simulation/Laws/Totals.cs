namespace Webhooks.Simulation;

/// <summary>What happened, counted.</summary>
internal sealed record Totals
{
    public int Runs { get; set; }

    public long Published { get; set; }

    public long Uncertain { get; set; }

    public long Deliveries { get; set; }

    public long LeasedDirectly { get; set; }

    public long Succeeded { get; set; }

    public long Failed { get; set; }

    public long Cancelled { get; set; }

    public long Attempts { get; set; }

    public long Accepted { get; set; }

    public long Duplicates { get; set; }

    public long Ordered { get; set; }

    public long LeftOrder { get; set; }

    public long LeasesLost { get; set; }

    public long StoreFaults { get; set; }

    public long Crashes { get; set; }

    public long Stops { get; set; }

    public long Restarts { get; set; }

    public long ClockJumps { get; set; }

    public long EndpointChanges { get; set; }

    public TimeSpan SlowestWithGoodEndpoint { get; set; }

    public TimeSpan Simulated { get; set; }

    public void Add(Totals other)
    {
        Runs += other.Runs;
        Published += other.Published;
        Uncertain += other.Uncertain;
        Deliveries += other.Deliveries;
        LeasedDirectly += other.LeasedDirectly;
        Succeeded += other.Succeeded;
        Failed += other.Failed;
        Cancelled += other.Cancelled;
        Attempts += other.Attempts;
        Accepted += other.Accepted;
        Duplicates += other.Duplicates;
        Ordered += other.Ordered;
        LeftOrder += other.LeftOrder;
        LeasesLost += other.LeasesLost;
        StoreFaults += other.StoreFaults;
        Crashes += other.Crashes;
        Stops += other.Stops;
        Restarts += other.Restarts;
        ClockJumps += other.ClockJumps;
        EndpointChanges += other.EndpointChanges;
        Simulated += other.Simulated;
        if (other.SlowestWithGoodEndpoint > SlowestWithGoodEndpoint)
            SlowestWithGoodEndpoint = other.SlowestWithGoodEndpoint;
    }
}
