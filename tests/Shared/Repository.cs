namespace Webhooks;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static bool IsCI { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string NameOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The files below a folder, without what builds and package managers leave there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(path => !NameOf(path).Split('/').Intersect(["bin", "obj", "node_modules", "BenchmarkDotNet.Artifacts"]).Any())
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Webhooks.sln")))
            folder = folder.Parent;

        return folder?.FullName
            ?? throw new InvalidOperationException("Run the tests from inside the repository: no folder above has Webhooks.sln.");
    }
}
