using System.Globalization;

namespace Webhooks.Simulation;

/// <summary>
/// The dispatcher, the publisher and the memory store on simulated time, with everything going wrong that can.
/// <c>WEBHOOKS_SIMULATION_SEED</c> runs one seed again and tells its story; <c>WEBHOOKS_SIMULATION_COUNT</c> says how
/// many deliveries to simulate instead of a million.
/// </summary>
public sealed class SimulationTests
{
    private const int Processes = 2;

    [Fact]
    public async Task The_laws_hold_over_a_million_deliveries()
    {
        var runs = Environment.GetEnvironmentVariable("WEBHOOKS_SIMULATION_SEED") is { Length: > 0 } seed
            ? [await Simulator.RunAsync("--seed", seed, "--once")]
            : await Task.WhenAll(Enumerable.Range(1, Processes).Select(RunShareAsync));

        Tell(runs.Select(run => run.Output));
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Output));
    }

    [Fact]
    public async Task A_seed_runs_the_same_every_time()
    {
        var runs = await Task.WhenAll(
            Simulator.RunAsync("--seed", "3", "--once"), Simulator.RunAsync("--seed", "3", "--once"));

        Assert.Equal((0, 0), (runs[0].ExitCode, runs[1].ExitCode));
        Assert.Equal(runs[0].Output, runs[1].Output);
        Assert.Contains("fingerprint", runs[0].Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ForgetsLeases")]
    [InlineData("ForgetsDirectLeases")]
    [InlineData("LosesDeliveries")]
    [InlineData("ForgetsOrder")]
    [InlineData("Lies")]
    [InlineData("Dawdles")]
    public async Task A_store_that_breaks_a_law_is_found_and_its_seed_told(string defect)
    {
        var (exitCode, output) = await Simulator.RunAsync("--seed", "1", "--deliveries", "100000", "--defect", defect);

        Assert.Equal(1, exitCode);
        Assert.Contains("BROKEN", output, StringComparison.Ordinal);
        Assert.Contains("WEBHOOKS_SIMULATION_SEED=", output, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> RunShareAsync(int first)
    {
        var count = long.Parse(
            Environment.GetEnvironmentVariable("WEBHOOKS_SIMULATION_COUNT") is { Length: > 0 } wanted ? wanted : "1000000",
            CultureInfo.InvariantCulture);
        return Simulator.RunAsync(
            "--seed", Text(first), "--step", Text(Processes), "--deliveries", Text((count / Processes) + 1));
    }

    private static void Tell(IEnumerable<string> outputs)
    {
        var text = string.Concat(outputs);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        var folder = Directory.CreateDirectory(Repository.PathOf("TestResults")).FullName;
        File.WriteAllText(Path.Combine(folder, "simulation.txt"), text);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
