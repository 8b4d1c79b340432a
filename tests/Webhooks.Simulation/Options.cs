using System.Globalization;

namespace Webhooks.Simulation;

internal sealed record Options
{
    public int Seed { get; init; } = 1;

    public int Step { get; init; } = 1;

    public long Deliveries { get; init; } = 10_000;

    /// <summary>Whether to run one seed and tell what happened in it.</summary>
    public bool Once { get; init; }

    public Defect Defect { get; init; }

    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--seed" => options with { Seed = Number(arguments[++i]) },
                "--step" => options with { Step = Number(arguments[++i]) },
                "--deliveries" => options with { Deliveries = Number(arguments[++i]) },
                "--defect" => options with { Defect = Enum.Parse<Defect>(arguments[++i]) },
                "--once" => options with { Once = true },
                _ => throw new ArgumentException($"Not an option: {arguments[i]}"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
