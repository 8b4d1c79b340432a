using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Simulation;

/// <summary>Everything of one run: its time, its processes, the store they share, the receivers, and the law.</summary>
internal sealed class World
{
    public World(Scenario scenario, Totals totals, Defect defect, bool isDetailed)
    {
        Scenario = scenario;
        Totals = totals;
        Random = new Random(scenario.Seed);
        Trace = new Trace(Time, isDetailed);
        Ledger = new Ledger(Time, totals, Trace);
        Faults = new StoreFaults(new Random(Random.Next()), Time, totals);
        Wakes = new Wakes(new Random(Random.Next()));
        Receivers = new Receivers(Time, new Random(Random.Next()), scenario.AttemptTimeout);
        Processes = new Processes(this);
        Store = CreateStore();
        Defective = new DefectiveStore(Store, defect, Time);
    }

    public Scenario Scenario { get; }

    public Totals Totals { get; }

    public SimulatedTime Time { get; } = new();

    public Random Random { get; }

    public Trace Trace { get; }

    public Ledger Ledger { get; }

    public StoreFaults Faults { get; }

    public Wakes Wakes { get; }

    public Receivers Receivers { get; }

    public Processes Processes { get; }

    /// <summary>The real memory store.</summary>
    public WebhookStore Store { get; }

    /// <summary>The same store, or, to test the test, a worse one.</summary>
    public DefectiveStore Defective { get; }

    private WebhookStore CreateStore()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddWebhookSender();
        return services.BuildServiceProvider().GetRequiredService<WebhookStore>();
    }
}
