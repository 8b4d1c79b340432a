using System.Globalization;

namespace Webhooks.Delays;

/// <summary>What to run, and how.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        Usage: PROJECT... [--seed FIRST] [--runs COUNT] [--share PER_MILLE] [--milliseconds LENGTH] [-- TEST_ARGUMENT...]
        Runs the tests of the first project; those after it are programs that they start.
        """;

    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>What the tests' runner is given.</summary>
    public required IReadOnlyList<string> Rest { get; init; }

    public int Seed { get; private init; } = 1;

    public int Runs { get; private init; } = 10;

    public int Share { get; private init; } = 60;

    public int Milliseconds { get; private init; } = 30;

    /// <summary>Reads the command line; null where it says nothing that can be done.</summary>
    public static Options? Parse(string[] arguments)
    {
        var own = arguments.TakeWhile(argument => argument != "--").ToArray();
        var projects = own.TakeWhile(argument => !argument.StartsWith('-')).ToArray();
        var options = new Options { Projects = projects, Rest = [.. arguments.Skip(own.Length + 1)] };
        foreach (var pair in own.Skip(projects.Length).Chunk(2))
        {
            if (pair.Length != 2 || !int.TryParse(pair[1], CultureInfo.InvariantCulture, out var value) || value < 0)
                return null;

            switch (pair[0])
            {
                case "--seed": options = options with { Seed = value }; break;
                case "--runs": options = options with { Runs = value }; break;
                case "--share": options = options with { Share = value }; break;
                case "--milliseconds": options = options with { Milliseconds = value }; break;
                default: return null;
            }
        }

        return projects.Length > 0 ? options : null;
    }
}
