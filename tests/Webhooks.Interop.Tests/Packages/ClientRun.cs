using System.Text.Json;

namespace Webhooks;

/// <summary>One run of all packages that can sign, against samples/Receiver, and the statuses that it gave.</summary>
public sealed class ClientRun
{
    private Dictionary<string, JsonElement>? _results;

    internal async Task<IReadOnlyDictionary<string, JsonElement>> ResultsAsync(NodeFixture node) =>
        _results ??= await RunAsync(node);

    private static async Task<Dictionary<string, JsonElement>> RunAsync(NodeFixture node)
    {
        var schemes = NpmClientTests.Names.Select(row => row.Data.Item2).Distinct().ToList();
        var providers = schemes.ToDictionary(scheme => scheme, NpmServerTests.Simulate, StringComparer.Ordinal);
        var keys = providers.ToDictionary(
            provider => provider.Key,
            provider => new Dictionary<string, string>
            {
                ["secret"] = provider.Value.SigningKey.Reveal(),
                ["stranger"] = NpmServerTests.Simulate(provider.Key).SigningKey.Reveal(),
            });
        await using var receiver = await SampleReceiver.StartAsync(
            providers.SelectMany(provider => SampleReceiver.Source(provider.Key, KindOf(provider.Key), provider.Key, provider.Value.Secret)));
        await using var clients = node.Start(
            "clients.js", receiver.Address.GetLeftPart(UriPartial.Authority), JsonSerializer.Serialize(keys, KeysJson.Default.Pairs));
        await clients.WaitForLineAsync("done");
        return clients.Output.Split('\n').Where(line => line.StartsWith('{'))
            .Select(line => JsonElement.Parse(line))
            .ToDictionary(result => result.GetProperty("name").GetString()!, StringComparer.Ordinal);
    }

    private static string KindOf(string name) => WebhookProviders.Find(name) is null ? "Scheme" : "Provider";
}
