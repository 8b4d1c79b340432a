using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A workload in a process of its own: a line in starts a round, a line out gives its figure.</summary>
internal sealed class WorkloadProcess : IDisposable
{
    private readonly ChildProcess _process;

    public WorkloadProcess(string workload, string postgres, Uri sink, double seconds)
    {
        _process = ChildProcess.Self(
            new Dictionary<string, string>(),
            "delivery-workload", workload, postgres, sink.AbsoluteUri, seconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The other side: runs rounds until the input ends.</summary>
    public static async Task RunAsync(string[] args)
    {
        using var sink = new SinkClient(new Uri(args[3]));
        var workload = WorkloadNames.Create(args[1]);
        var context = new WorkloadContext(args[2], sink, double.Parse(args[4], CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is not null)
        {
            var figure = await workload.MeasureAsync(context);
            Console.WriteLine("measured " + figure.ToString(CultureInfo.InvariantCulture));
            GC.Collect();
        }
    }

    public async Task<double> MeasureAsync()
    {
        await _process.WriteLineAsync("round");
        return double.Parse(await _process.ReadAsync("measured"), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _process.Dispose();
}
