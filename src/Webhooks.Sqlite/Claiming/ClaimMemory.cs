namespace Webhooks;

/// <summary>
/// Who was served last, so that the next claim begins behind them. Only one process's, and lost with it: it is about
/// fairness, and nothing goes wrong without.
/// </summary>
internal sealed class ClaimMemory
{
    private const int MostTenants = 10_000;

    private readonly Dictionary<string, long> _lastEndpoints = [];

    /// <summary>How many endpoints had due deliveries when last looked.</summary>
    public int Lanes { get; set; } = 1;

    /// <summary>The endpoint that the last claim began with but had no room for; 0 for none.</summary>
    public long PassedOver { get; set; }

    public string LastTenant { get; private set; } = "";

    public long LastEndpointOf(string tenant) => _lastEndpoints.GetValueOrDefault(tenant);

    public void Note(string tenant, long endpoint)
    {
        if (_lastEndpoints.Count >= MostTenants && !_lastEndpoints.ContainsKey(tenant))
            _lastEndpoints.Clear();
        _lastEndpoints[tenant] = endpoint;
        LastTenant = tenant;
    }
}
