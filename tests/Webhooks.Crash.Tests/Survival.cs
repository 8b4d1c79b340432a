using System.Globalization;

namespace Webhooks.Crash;

/// <summary>What was survived, a line a test: in the test's output, and in <c>TestResults/survival.md</c>.</summary>
internal static class Survival
{
    private static readonly Lock Writing = new();
    private static readonly string File = Create();

    public static void Tell(string test, string counts)
    {
        var line = $"{test} (seed {Rounds.Seed}): {counts}";
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        lock (Writing)
            System.IO.File.AppendAllText(File, $"- {line}\n");
    }

    private static string Create()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("TestResults")).FullName;
        var file = Path.Combine(folder, "survival.md");
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        System.IO.File.WriteAllText(file, $"# What was survived, {now}\n\n");
        return file;
    }
}
