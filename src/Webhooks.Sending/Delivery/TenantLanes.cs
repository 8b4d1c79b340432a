namespace Webhooks;

/// <summary>A tenant's share of the work: its lanes that could start an attempt, in turn.</summary>
internal sealed class TenantLanes(string tenant)
{
    public string Tenant => tenant;

    public Queue<Lane> Ready { get; } = new();

    /// <summary>How many lanes there are, so that a tenant with none is forgotten.</summary>
    public int Lanes { get; set; }

    public int InFlight { get; set; }
}
