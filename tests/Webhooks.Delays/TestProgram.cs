using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Delays;

/// <summary>The built output of a project, copied to stand beside it, with delays in our own assemblies.</summary>
internal sealed class TestProgram
{
    private readonly string _folder;
    private readonly string _name;

    private TestProgram(string folder, string name) => (_folder, _name) = (folder, name);

    /// <summary>Copies a project's output and writes the delays into it.</summary>
    /// <exception cref="DirectoryNotFoundException">It hasn't been built.</exception>
    public static TestProgram Make(string name)
    {
        var built = Repository.PathOf("tests", name, "bin", "Debug", "net10.0");
        var folder = Repository.PathOf("tests", name, "bin", "Delays", "net10.0");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Copy(new DirectoryInfo(built), folder);

        using var sites = File.CreateText(Path.Combine(folder, "sites.tsv"));
        var weaver = new Weaver(sites);
        foreach (var assembly in Directory.EnumerateFiles(folder, "Webhooks.*.dll"))
            weaver.Weave(assembly);
        Console.WriteLine($"{name}: {weaver.Sites} sites");
        return new TestProgram(folder, name);
    }

    /// <summary>Runs it once. Returns whether everything passed; what it wrote is in the log.</summary>
    public async Task<bool> RunAsync(Options options, int seed)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder, _name), options.Rest)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
            Environment =
            {
                [Delay.SeedVariable] = Text(seed),
                [Delay.ShareVariable] = Text(options.Share),
                [Delay.LengthVariable] = Text(options.Milliseconds),
                ["DOTNET_STARTUP_HOOKS"] = typeof(Delay).Assembly.Location,
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var log = Path.Combine(_folder, $"seed-{Text(seed)}.log");
        await File.WriteAllTextAsync(log, output);
        Tell(output, seed, process.ExitCode, log);
        return process.ExitCode == 0;
    }

    private static void Tell(string output, int seed, int exitCode, string log)
    {
        if (exitCode == 0)
        {
            Console.WriteLine($"Seed {Text(seed)}: passed");
            return;
        }

        Console.WriteLine($"Seed {Text(seed)}: ended with {Text(exitCode)}; {log} has more");
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("failed ", StringComparison.Ordinal)))
            Console.WriteLine("  " + line);
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories())
            Copy(folder, Path.Combine(to, folder.Name));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
