using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A process that delivers what is in a database; a line in asks how much memory it takes.</summary>
internal static class DeliveryNode
{
    public static async Task RunAsync(string database)
    {
        await using var host = await WebhooksHost.StartAsync(database, delivers: true);
        Console.WriteLine("started");
        while (await Console.In.ReadLineAsync() is not null)
        {
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"memory {process.WorkingSet64} {process.PeakWorkingSet64} {GC.GetTotalMemory(false)}"));
        }
    }
}
