using System.Globalization;

namespace Webhooks.Benchmarks;

/// <summary>Named numbers on a command line.</summary>
internal sealed class CommandOptions(string[] args)
{
    public int Number(string name, int otherwise)
    {
        var index = Array.IndexOf(args, name);
        return index < 0 || index + 1 >= args.Length ? otherwise : int.Parse(args[index + 1], CultureInfo.InvariantCulture);
    }
}
