using System.Reflection;

namespace Webhooks.Simulation;

/// <summary>Starts simulations, each in a process of its own that has one processor, as determinism wants it.</summary>
internal static class Simulator
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly string Program = Repository.PathOf(
        "tests", "Webhooks.Simulation", "bin", Configuration(), "net10.0", "Webhooks.Simulation.dll");

    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["DOTNET_PROCESSOR_COUNT"] = "1" };
        await using var program = RunningProgram.Start(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            ["exec", Program, .. arguments], environment: environment);
        var exitCode = await program.WaitForExitAsync(Patience);
        return (exitCode, program.Output);
    }

    private static string Configuration() => typeof(Simulator).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SimulationConfiguration").Value!;
}
