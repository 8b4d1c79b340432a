namespace Webhooks;

/// <summary>The samples as a reader of the documents runs them.</summary>
internal static class SampleProgram
{
    // The samples are built like the tests: bin/<configuration>/<framework>/.
    private static readonly string[] Output =
        [.. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..]];

    public static RunningProgram Start(
        string sample, IEnumerable<string>? arguments = null, Dictionary<string, string?>? environment = null) =>
        RunningProgram.Start(
            "dotnet",
            [Repository.PathOf(["samples", sample, .. Output, $"{sample}.dll"]), .. arguments ?? []],
            environment: environment);
}
