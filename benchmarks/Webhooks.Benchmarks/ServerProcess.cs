using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Benchmarks;

/// <summary>The server's side of a <see cref="ChildProcess"/>.</summary>
internal static class ServerProcess
{
    /// <summary>Runs a server until it is killed, and says where it listens.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync().ConfigureAwait(false);
        Console.WriteLine("listening " + string.Join(' ', app.Urls));
        await app.WaitForShutdownAsync().ConfigureAwait(false);
    }
}
