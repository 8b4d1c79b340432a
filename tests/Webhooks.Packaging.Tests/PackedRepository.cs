using System.Globalization;
using System.Text.Json;
using Webhooks;

[assembly: AssemblyFixture(typeof(PackedRepository))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Webhooks;

/// <summary>
/// The packages, made as a release makes them: from a fresh clone of the repository with what is in the work tree now,
/// twice, in folders of different names.
/// </summary>
public sealed class PackedRepository : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["CI"] = "true",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "Packaging",
        ["GIT_AUTHOR_EMAIL"] = "packaging@example.com",
        ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z",
        ["GIT_COMMITTER_NAME"] = "Packaging",
        ["GIT_COMMITTER_EMAIL"] = "packaging@example.com",
        ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z",
    };

    private readonly TemporaryFolder _folder = new();

    public static IReadOnlyList<string> Names { get; } =
    [
        "Webhooks", "Webhooks.AspNetCore", "Webhooks.Ed25519", "Webhooks.OpenApi", "Webhooks.PostgreSql",
        "Webhooks.Sending", "Webhooks.Signing", "Webhooks.Sqlite",
    ];

    /// <summary>A version that no cache has seen.</summary>
    public string Version { get; } = string.Create(
        CultureInfo.InvariantCulture, $"0.1.0-test.{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");

    public string Commit { get; private set; } = "";

    public string Log { get; private set; } = "";

    public string Feed => _folder.PathOf("one", "packages");

    public async ValueTask InitializeAsync()
    {
        Log = await PackAsync("one") + await PackAsync("another-one");
    }

    internal Package Open(string name, bool again = false, string extension = "nupkg") =>
        new(Path.Combine(again ? _folder.PathOf("another-one", "packages") : Feed, $"{name}.{Version}.{extension}"));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> PackAsync(string name)
    {
        var clone = _folder.PathOf(name, "clone");
        await CopyWorkTreeAsync(clone);
        await GitAsync(clone, "init", "--quiet", "--initial-branch", "main");
        await GitAsync(clone, "remote", "add", "origin", "https://github.com/webhooks-dotnet/webhooks.git");
        await GitAsync(clone, "add", "--all");
        await GitAsync(clone, "commit", "--quiet", "--message", "Everything");
        Commit = (await GitAsync(clone, "rev-parse", "HEAD")).Trim();

        var projects = Names.Select(package => $"src\\{package}\\{package}.csproj");
        var filter = new { solution = new { path = "Webhooks.sln", projects } };
        await File.WriteAllTextAsync(Path.Combine(clone, "packages.slnf"), JsonSerializer.Serialize(filter));
        return await RunningProgram.RunAsync(
            "dotnet",
            ["pack", "packages.slnf", "--configuration", "Release", "--output", _folder.PathOf(name, "packages"), $"-p:Version={Version}"],
            clone,
            Environment);
    }

    private static async Task CopyWorkTreeAsync(string target)
    {
        var files = await GitAsync(Repository.Root, "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => file.TrimEnd('\r')))
        {
            if (!File.Exists(Repository.PathOf(file)))
                continue;

            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }
    }

    // The clones get the same commit everywhere, whatever this machine's settings are; the work tree is read with them.
    private static Task<string> GitAsync(string folder, params string[] arguments) =>
        RunningProgram.RunAsync("git", arguments, folder, folder == Repository.Root ? null : Environment);
}
