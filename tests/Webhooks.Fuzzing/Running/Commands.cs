using SharpFuzz;

namespace Webhooks.Fuzzing;

/// <summary>What the program can be asked to do.</summary>
internal static class Commands
{
    private const string Usage = """
        list                          the targets' names
        seeds FOLDER                  writes each target's seeds into FOLDER/<target>
        guided TARGET                 what AFL++ starts (afl-fuzz ... -- dotnet Webhooks.Fuzzing.dll guided TARGET)
        replay TARGET FILE...         tries files
        random TARGET COUNT SEED      tries mutations of the seeds, unguided
        """;

    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["list"]:
                Console.WriteLine(string.Join('\n', FuzzTargets.All.Select(target => target.Name)));
                return 0;
            case ["seeds", var folder]:
                return WriteSeeds(folder);
            case ["guided", var name]:
                return RunGuided(FuzzTargets.Find(name));
            case ["replay", var name, .. var files]:
                return Replay(FuzzTargets.Find(name), files);
            case ["random", var name, var count, var seed]:
                return RunRandom(FuzzTargets.Find(name), count, seed);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int WriteSeeds(string folder)
    {
        foreach (var target in FuzzTargets.All)
        {
            var below = Directory.CreateDirectory(Path.Combine(folder, target.Name)).FullName;
            foreach (var (seed, index) in target.Seeds.Select((seed, index) => (seed, index)))
                File.WriteAllBytes(Path.Combine(below, $"seed-{index:000}"), seed);
        }

        return 0;
    }

    private static int RunGuided(FuzzTarget target)
    {
        // What is made once, on the first input, must not look like coverage of the first input.
        foreach (var seed in target.Seeds)
            target.Try(seed);

        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target.Try(input.ToArray());
        });
        return 0;
    }

    private static int Replay(FuzzTarget target, string[] files)
    {
        foreach (var file in files)
        {
            try
            {
                target.Try(File.ReadAllBytes(file));
            }
            catch (Exception exception)
            {
                Console.WriteLine($"{file}: {exception}");
                return 1;
            }
        }

        Console.WriteLine($"{target.Name}: {files.Length} inputs, no fault");
        return 0;
    }

    private static int RunRandom(FuzzTarget target, string count, string seed)
    {
        var mutations = new Mutations(int.Parse(seed, null));
        var seeds = target.Seeds.ToArray();
        for (var left = int.Parse(count, null); left > 0; left--)
            target.Try(mutations.Next(seeds));
        return 0;
    }
}
