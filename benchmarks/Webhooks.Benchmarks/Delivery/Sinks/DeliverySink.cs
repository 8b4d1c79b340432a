using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Benchmarks.Receiving;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>
/// A receiver that takes everything, answers at once and says when the n-th request came. Its clock is the machine's
/// monotonic one, which other processes read too.
/// </summary>
internal static class DeliverySink
{
    private static readonly ConcurrentDictionary<long, TaskCompletionSource<long>> Awaited = new();
    private static readonly ConcurrentQueue<long> Delays = new();
    private static long _count;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await ServerProcess.RunAsync(app);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/hook", StringComparison.Ordinal))
        {
            Count();
            return BareEndpoint.DrainAsync(context);
        }

        return path switch
        {
            "/stamped" => TakeStampedAsync(context),
            "/reset" => ResetAsync(context),
            "/count" => WriteAsync(context, Interlocked.Read(ref _count)),
            "/delays" => context.Response.WriteAsync(string.Join(' ', Delays)),
            _ => WaitAsync(context, long.Parse(path.AsSpan("/wait/".Length), CultureInfo.InvariantCulture)),
        };
    }

    private static void Count()
    {
        var count = Interlocked.Increment(ref _count);
        if (!Awaited.IsEmpty && Awaited.TryRemove(count, out var waiting))
            waiting.SetResult(Stopwatch.GetTimestamp());
    }

    // A stamped payload begins with the timestamp of its publication.
    private static async Task TakeStampedAsync(HttpContext context)
    {
        var body = new byte[Stamp.Length];
        await context.Request.Body.ReadExactlyAsync(body);
        Delays.Enqueue(Stopwatch.GetTimestamp() - Stamp.Read(body));
        Count();
        await BareEndpoint.DrainAsync(context);
    }

    private static Task ResetAsync(HttpContext context)
    {
        Interlocked.Exchange(ref _count, 0);
        Awaited.Clear();
        Delays.Clear();
        return WriteAsync(context, 0);
    }

    private static async Task WaitAsync(HttpContext context, long count)
    {
        var waiting = Awaited.GetOrAdd(
            count, static _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Interlocked.Read(ref _count) >= count && Awaited.TryRemove(count, out _))
            waiting.TrySetResult(Stopwatch.GetTimestamp());

        await WriteAsync(context, await waiting.Task.WaitAsync(context.RequestAborted));
    }

    private static Task WriteAsync(HttpContext context, long number) =>
        context.Response.WriteAsync(number.ToString(CultureInfo.InvariantCulture));
}
