using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Asks the sink what came.</summary>
internal sealed class SinkClient(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Where webhooks go: a path for each endpoint.</summary>
    public Uri Hook(int endpoint) => new(address, $"/hook/{endpoint}");

    /// <summary>Where webhooks go whose payload says when they were published.</summary>
    public Uri Stamped => new(address, "/stamped");

    public Task ResetAsync() => AskAsync("/reset");

    public Task<long> CountAsync() => AskAsync("/count");

    /// <summary>Waits for the n-th request, and gives the timestamp of its arrival.</summary>
    public Task<long> WaitAsync(long count) => AskAsync($"/wait/{count}");

    /// <summary>From publication to arrival of each stamped payload, in ticks of the machine's clock.</summary>
    public async Task<long[]> DelaysAsync()
    {
        var text = await _client.GetStringAsync(new Uri(address, "/delays"));
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
    }

    public void Dispose() => _client.Dispose();

    private async Task<long> AskAsync(string path) =>
        long.Parse(await _client.GetStringAsync(new Uri(address, path)), CultureInfo.InvariantCulture);
}
