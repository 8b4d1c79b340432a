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
        PostUnderTest post = variant switch
        {
            "invoker" => new InvokerPost(url, payload),
            "naive" => new NaivePost(url, payload),
            _ => new WebhooksPost(url, payload),
        };

        // Long enough for the compiler to be done with the hot paths.
        await SendAllAsync(post, 2 * requests).ConfigureAwait(false);
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

    private static Task SendAllAsync(PostUnderTest post, int requests)
    {
        var left = requests;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var sending = post.SendAsync();
                await sending.ConfigureAwait(false);
                post.Check(sending);
            }
        })));
    }
}
