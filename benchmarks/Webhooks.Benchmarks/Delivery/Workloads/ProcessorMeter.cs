using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>
/// The processor time that this process and the database server spend. Where others use the machine too, it tells more
/// than the clock on the wall.
/// </summary>
internal sealed class ProcessorMeter(int server)
{
    // Linux counts in hundredths of a second.
    private const double MicrosecondsPerTick = 10_000;

    private double _own;
    private double _servers;

    public void Start() => (_own, _servers) = (Own(), Servers());

    public Measurement Stop(double rate, long count) => new(rate, (Own() - _own) / count, (Servers() - _servers) / count);

    private static double Own() => Environment.CpuUsage.TotalTime.TotalMicroseconds;

    // The server's first process also knows what its ended children spent.
    private double Servers()
    {
        if (server == 0)
            return 0;

        var children = File.ReadAllText($"/proc/{server}/task/{server}/children");
        var ticks = Ticks(server, 11) + Ticks(server, 12) + Ticks(server, 13) + Ticks(server, 14);
        foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var process = int.Parse(child, CultureInfo.InvariantCulture);
            ticks += Ticks(process, 11) + Ticks(process, 12);
        }

        return ticks * MicrosecondsPerTick;
    }

    private static long Ticks(int process, int field)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has ended just now.
        }
    }
}
