using System.Globalization;
using Webhooks.Simulation;

// Usage: [--seed FIRST] [--step STEP] [--deliveries AT_LEAST]; --once runs one seed and tells its story.
var options = Options.Parse(args);
Pump.RequireOneThread();
var totals = new Totals();
var seed = options.Seed;
for (; totals.Deliveries < options.Deliveries; seed += options.Step)
{
    var scenario = Scenario.Of(seed);
    var run = new Totals();
    var world = new World(scenario, run, options.Defect, options.Once);
    try
    {
        Pump.Run(world.Time, new Run(world).ExecuteAsync);
    }
    catch (Exception exception)
    {
        Console.WriteLine($"BROKEN at {world.Time.Now} by {scenario}");
        Console.WriteLine($"Run it again with WEBHOOKS_SIMULATION_SEED={seed}");
        Console.WriteLine(exception is LawBrokenException ? exception.Message : exception.ToString());
        foreach (var line in world.Trace.StoryOf(world.Trace.Last))
            Console.WriteLine("  " + line);
        return 1;
    }

    totals.Add(run);
    if (options.Once)
    {
        Console.WriteLine($"{scenario}\nfingerprint {world.Trace.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)}");
        break;
    }
}

if (!options.Once)
    Console.WriteLine($"Seeds {options.Seed} to {seed - options.Step} in steps of {options.Step}");
Console.WriteLine(totals);
return 0;
