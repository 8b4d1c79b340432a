using System.Globalization;
using System.Text.Json;

namespace Webhooks;

/// <summary>All packages that can verify, listening.</summary>
public sealed class ServerRun : IAsyncDisposable
{
    private RunningProgram? _program;

    internal Uri Address { get; private set; } = null!;

    /// <summary>The packages, each in the place that is its path.</summary>
    internal IReadOnlyList<(string Name, string Scheme, string Version)> Packages { get; private set; } = [];

    /// <summary>What is sent to them, by scheme.</summary>
    internal IReadOnlyDictionary<string, SimulatedProvider> Providers { get; } = NpmServerTests.Names
        .Select(row => row.Data.Item2).ToDictionary(scheme => scheme, NpmServerTests.Simulate, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
    }

    internal async Task StartAsync(NodeFixture node)
    {
        if (_program is not null)
            return;

        var keys = Providers.ToDictionary(provider => provider.Key, provider => provider.Value.Secret);
        _program = node.Start("servers.js", JsonSerializer.Serialize(keys, KeysJson.Default.Keys));
        var port = int.Parse((await _program.WaitForLineAsync("listening ")).Split(' ')[1], CultureInfo.InvariantCulture);
        Address = new Uri($"http://127.0.0.1:{port}/");
        Packages = [.. _program.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).Select(line => (
            line.GetProperty("name").GetString()!,
            line.GetProperty("scheme").GetString()!,
            line.GetProperty("version").GetString()!))];
    }
}
