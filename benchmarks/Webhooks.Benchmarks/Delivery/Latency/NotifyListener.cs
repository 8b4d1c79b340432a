using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>The yardstick of latency: NOTIFY in one process, LISTEN in another.</summary>
internal static class NotifyListener
{
    public const string Channel = "benchmark";

    public static async Task RunAsync(string database, int count)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using (var listen = new NpgsqlCommand("listen " + Channel, connection))
            await listen.ExecuteNonQueryAsync();

        var delays = new List<long>(count);
        connection.Notification += (_, notification) =>
            delays.Add(Stopwatch.GetTimestamp() - Stamp.Read(Encoding.ASCII.GetBytes(notification.Payload)));
        Console.WriteLine("started");
        while (delays.Count < count)
            await connection.WaitAsync();

        Console.WriteLine("delays " + string.Join(' ', delays.Select(delay => delay.ToString(CultureInfo.InvariantCulture))));
    }
}
