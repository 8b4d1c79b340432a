using System.Globalization;
using BenchmarkDotNet.Running;
using Webhooks.Benchmarks.Delivery;
using Webhooks.Benchmarks.Flooding;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Sending;
using Webhooks.Benchmarks.Signing;

namespace Webhooks.Benchmarks;

/// <summary>The benchmarks by name. The load benchmarks start this program again, one process for each side.</summary>
internal static class BenchmarkCommand
{
    private const string Usage = """
        usage:
          signing                              verify and sign from bytes
          receive [--seconds N] [--rounds N]   the middleware under load (needs wrk)
          once [--seconds N] [--rounds N]      the same with duplicates dropped and without (needs wrk)
          flood [--seconds N] [--rounds N]     good webhooks amid a flood of bad ones
          send [--requests N] [--rounds N]     the sender under load
          delivery [NAME…] [--seconds N] [--rounds N]   stored messages, PostgreSQL and SQLite
          inbox [--seconds N] [--rounds N]     stored webhooks, SQLite (needs wrk)
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new CommandOptions(args);
        switch (args.FirstOrDefault())
        {
            case "signing":
                BenchmarkRunner.Run<SigningBenchmarks>();
                return 0;
            case "receive":
                return await ReceiveBenchmark.RunAsync(options.Number("--seconds", 5), options.Number("--rounds", 5)).ConfigureAwait(false);
            case "once":
                return await OnceBenchmark.RunAsync(options.Number("--seconds", 5), options.Number("--rounds", 7)).ConfigureAwait(false);
            case "receive-server":
                await ReceiveServer.RunAsync(args[1]).ConfigureAwait(false);
                return 0;
            case "flood":
                return await FloodBenchmark.RunAsync(options.Number("--seconds", 10), options.Number("--rounds", 7)).ConfigureAwait(false);
            case "flood-server":
                await FloodServer.RunAsync(args[1]).ConfigureAwait(false);
                return 0;
            case "flood-client":
                await FloodClient.RunAsync(
                    good: args[1] == "good", new Uri(args[2]), options.Number("--rate", 200), options.Number("--seconds", 10)).ConfigureAwait(false);
                return 0;
            case "send":
                return await SendBenchmark.RunAsync(options.Number("--requests", 100_000), options.Number("--rounds", 5)).ConfigureAwait(false);
            case "send-sink":
                await SendSink.RunAsync(args[1]).ConfigureAwait(false);
                return 0;
            case "send-client":
                await SendClient.RunAsync(args[1], new Uri(args[2]), options.Number("--requests", 100_000)).ConfigureAwait(false);
                return 0;
            case "delivery":
                return await DeliveryBenchmark.RunAsync(
                    [.. args.Skip(1).TakeWhile(name => !name.StartsWith('-'))],
                    options.Number("--rounds", 3),
                    options.Number("--seconds", 3)).ConfigureAwait(false);
            case "inbox":
                return await DeliveryBenchmark.RunAsync(
                    ["inbox"], options.Number("--rounds", 3), options.Number("--seconds", 3)).ConfigureAwait(false);
            case "delivery-sink":
                await DeliverySink.RunAsync().ConfigureAwait(false);
                return 0;
            case "delivery-node":
                await DeliveryNode.RunAsync(args[1]).ConfigureAwait(false);
                return 0;
            case "delivery-listener":
                await NotifyListener.RunAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture)).ConfigureAwait(false);
                return 0;
            case "delivery-workload":
                await WorkloadProcess.RunAsync(args).ConfigureAwait(false);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
