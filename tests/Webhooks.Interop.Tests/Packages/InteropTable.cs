using System.Globalization;

namespace Webhooks;

/// <summary>What the providers' packages and the library made of each other's requests, in
/// <c>TestResults/interop.md</c>.</summary>
internal static class InteropTable
{
    private const string Head = """
        # The providers' npm packages against the library

        Statuses of three requests: as signed, changed after it was signed, and signed with another secret.

        | package | version | direction | as signed | changed | another secret |
        |---|---|---|---|---|---|

        """;

    private static readonly Lock Writing = new();
    private static readonly SortedSet<string> Rows = new(StringComparer.Ordinal);

    public static void Tell(string package, string version, string direction, int? genuine, int? changed, int? stranger)
    {
        var row = string.Create(
            CultureInfo.InvariantCulture, $"| {package} | {version} | {direction} | {genuine} | {changed} | {stranger} |\n");
        var folder = Directory.CreateDirectory(Repository.PathOf("TestResults")).FullName;
        lock (Writing)
        {
            Rows.Add(row);
            File.WriteAllText(Path.Combine(folder, "interop.md"), Head + string.Concat(Rows));
        }
    }
}
