using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Webhooks.Benchmarks.Receiving;

namespace Webhooks.Benchmarks.Flooding;

/// <summary>Sends webhooks at a steady rate, whether they are answered or not, from four addresses.</summary>
internal sealed class FloodClient(HttpClient client, string prefix, byte[] body, Dictionary<string, string> headers)
{
    private readonly List<Task<double>> _answers = [];

    /// <summary>Prints how many were sent, and the median and 99th percentile of the time to the answer, in
    /// microseconds.</summary>
    public static async Task RunAsync(bool good, Uri address, int rate, int seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 });
        client.BaseAddress = address;
        var body = RandomNumberGenerator.GetBytes(1024);
        var headers = new Headers();
        SignatureSchemes.StandardWebhooks.Sign(
            new SigningContext
            {
                MessageId = MessageId.New(),
                Timestamp = TimeProvider.System.GetUtcNow(),
                Secrets = [good ? SigningSecret.Parse(ReceiveServer.Secret) : SigningSecret.Generate()],
            },
            body,
            headers);
        var flood = new FloodClient(client, good ? "192.0.2." : "198.51.100.", body, headers.Lines);
        await flood.SendAsync(rate, seconds).ConfigureAwait(false);
    }

    private async Task SendAsync(int rate, int seconds)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (_answers.Count < rate * seconds && await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            var due = Math.Min(rate * seconds, Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            while (_answers.Count < due)
            {
                _answers.Add(SendAsync(_answers.Count));
            }
        }

        var times = await Task.WhenAll(_answers).ConfigureAwait(false);
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"sent {times.Length} {times[times.Length / 2]:F0} {times[times.Length * 99 / 100]:F0}"));
    }

    private async Task<double> SendAsync(int number)
    {
        var started = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("X-Forwarded-For", prefix + (1 + (number % 4)));
        using var response = await client.SendAsync(request).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }

    private sealed class Headers : ISignatureHeaderWriter
    {
        public Dictionary<string, string> Lines { get; } = [];

        public void Write(string name, string value) => Lines[name] = value;
    }
}
