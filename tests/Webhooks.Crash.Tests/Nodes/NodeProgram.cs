namespace Webhooks.Crash;

/// <summary>Where the application under test was built.</summary>
internal static class NodeProgram
{
    // It is built like the tests: bin/<configuration>/<framework>/.
    private static readonly string[] Output =
        [.. AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar)
            .Split(System.IO.Path.DirectorySeparatorChar)[^3..]];

    public static string Path { get; } = Repository.PathOf(["tests", "Webhooks.Node", .. Output, "Webhooks.Node"]);
}
