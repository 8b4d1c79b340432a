using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Webhooks.Benchmarks.Sending;

/// <summary>
/// One sender under test in a process of its own: keeps 64 requests under way and prints its processor time and its
/// allocations a request.
/// </summary>
internal static class SendClient
{
    public const string CertificateVariable = "WEBHOOKS_BENCHMARK_CERTIFICATE";
    private const int AtOnce = 64;

    public static async Task RunAsync(string variant, Uri url, int requests)
    {
        var payload = RandomNumberGenerator.GetBytes(1024);
        var post = variant switch
        {
            "invoker" => InvokerPost.Create(url, payload),
            "naive" => NaivePost.Create(url, payload),
            _ => WebhooksPost.Create(url, payload),
        };
        await SendAllAsync(post, requests).ConfigureAwait(false);
        GC.Collect();

        var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await SendAllAsync(post, requests).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        process.Refresh();
        processor = process.TotalProcessorTime - processor;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"measured {processor.TotalMicroseconds / requests} {allocated / (double)requests} {requests / elapsed.TotalSeconds}"));
    }

    private static Task SendAllAsync(Func<Task> post, int requests)
    {
        var left = requests;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await post().ConfigureAwait(false);
            }
        })));
    }
}
