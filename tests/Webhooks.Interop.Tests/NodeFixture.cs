using Webhooks;

[assembly: AssemblyFixture(typeof(NodeFixture))]

namespace Webhooks;

/// <summary>Installs the npm packages once, into the tests' output.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        if (!IsOnPath("node") || !IsOnPath("npm"))
        {
            _missing = "Node.js and npm are needed to test against the providers' npm packages.";
            return;
        }

        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var installed = Path.Combine(Folder, "node_modules", "installed.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
            return;

        await RunningProgram.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], Folder);
        await File.WriteAllTextAsync(installed, wanted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts a script, or skips the test where there is no Node.js; in CI that is a failure.</summary>
    internal RunningProgram Start(string script, params string[] arguments)
    {
        if (_missing is not null)
        {
            Assert.False(Repository.IsCI, _missing);
            Assert.Skip(_missing);
        }

        return RunningProgram.Start("node", [script, .. arguments], Folder);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
