using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Workloads measured in turns, so that a drift of the machine meets all of them; the first is the
/// yardstick.</summary>
internal sealed class Comparison(string title, string unit, params (string Name, string Workload)[] sides)
{
    private const int WarmUps = 4;

    public async Task RunAsync(DeliverySetting setting)
    {
        Console.WriteLine($"\n### {title}\n");
        var processes = sides.ToDictionary(
            side => side.Workload,
            side => new WorkloadProcess(side.Workload, setting));
        try
        {
            var figures = await MeasureAsync(processes, setting.Rounds);
            Print(figures);
        }
        finally
        {
            foreach (var process in processes.Values)
                process.Dispose();
        }
    }

    private async Task<Dictionary<string, List<Measurement>>> MeasureAsync(
        Dictionary<string, WorkloadProcess> processes, int rounds)
    {
        // The first rounds compile the hot paths, which takes the more the more code there is, and each says how much
        // the next should hold.
        var figures = sides.ToDictionary(side => side.Workload, _ => new List<Measurement>());
        for (var round = -WarmUps; round < rounds; round++)
        {
            foreach (var (_, workload) in sides)
            {
                var measured = await processes[workload].MeasureAsync();
                if (round >= 0)
                    figures[workload].Add(measured);
            }
        }

        return figures;
    }

    private void Print(Dictionary<string, List<Measurement>> figures)
    {
        Console.WriteLine(
            $"| what | {unit}, median | lowest to highest | of {sides[0].Name}, median of rounds | CPU of the process | of the server |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var yardstick = figures[sides[0].Workload];
        foreach (var (name, workload) in sides)
        {
            var values = figures[workload];
            var rates = values.ConvertAll(value => value.Rate);
            var ratio = Figures.Median(values.Zip(yardstick, (ours, theirs) => ours.Rate / theirs.Rate));
            var own = Figures.Median(values.Select(value => value.OwnMicroseconds));
            var server = Figures.Median(values.Select(value => value.ServerMicroseconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Figures.Median(rates):F0} | {rates.Min():F0} to {rates.Max():F0} | {ratio:F2} "
                + $"| {own:F1} µs | {server:F1} µs |"));
        }
    }
}
