using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A workload in a process of its own: a line in starts a round, a line out gives its figure.</summary>
internal sealed class WorkloadProcess : IDisposable
{
    private readonly ChildProcess _process;

    public WorkloadProcess(string workload, DeliverySetting setting)
    {
        _process = ChildProcess.Self(
            new Dictionary<string, string>(),
            "delivery-workload", workload, setting.Postgres, setting.Sink.AbsoluteUri,
            setting.Seconds.ToString(CultureInfo.InvariantCulture), setting.Server.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The other side: runs rounds until the input ends.</summary>
    public static async Task RunAsync(string[] args)
    {
        using var sink = new SinkClient(new Uri(args[3]));
        var workload = WorkloadNames.Create(args[1]);
        var meter = new ProcessorMeter(int.Parse(args[5], CultureInfo.InvariantCulture));
        var context = new WorkloadContext(args[2], sink, double.Parse(args[4], CultureInfo.InvariantCulture), meter);
        while (await Console.In.ReadLineAsync() is not null)
        {
            var (rate, own, server) = await workload.MeasureAsync(context);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"measured {rate} {own} {server}"));
            GC.Collect();
        }
    }

    public async Task<Measurement> MeasureAsync()
    {
        await _process.WriteLineAsync("round");
        var figures = (await _process.ReadAsync("measured")).Split(' ')
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new Measurement(figures[0], figures[1], figures[2]);
    }

    public void Dispose() => _process.Dispose();
}
