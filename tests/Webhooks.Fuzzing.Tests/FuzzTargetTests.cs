using System.Globalization;

namespace Webhooks.Fuzzing;

/// <summary>
/// What the guided fuzzer found so far, and a bounded number of mutations of it, the same ones each time.
/// <c>WEBHOOKS_FUZZING_SEED</c> asks for others, and <c>WEBHOOKS_FUZZING_COUNT</c> for more of them a target.
/// </summary>
public sealed class FuzzTargetTests
{
    private static readonly int Seed = Setting("WEBHOOKS_FUZZING_SEED", 20261129);
    private static readonly int Count = Setting("WEBHOOKS_FUZZING_COUNT", 40_000);

    public static IEnumerable<TheoryDataRow<string>> Targets =>
        FuzzTargets.All.Select(target => new TheoryDataRow<string>(target.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_corpus_breaks_no_law(string name)
    {
        var target = FuzzTargets.Find(name);

        Assert.All(CorpusOf(target), input => Try(target, input));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutations_of_the_corpus_break_no_law(string name)
    {
        var target = FuzzTargets.Find(name);
        var corpus = CorpusOf(target);
        var mutations = new Mutations(Seed);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} mutations with seed {2}", name, Count, Seed);

        for (var left = Count; left > 0; left--)
            Try(target, mutations.Next(corpus));
    }

    [Fact]
    public void Every_folder_of_the_corpus_is_a_target_s()
    {
        var folders = Directory.EnumerateDirectories(Repository.PathOf("tests", "Webhooks.Fuzzing", "corpus"))
            .Select(Path.GetFileName);

        Assert.Empty(folders.Except(FuzzTargets.All.Select(target => target.Name)));
    }

    private static byte[][] CorpusOf(FuzzTarget target)
    {
        var folder = Repository.PathOf("tests", "Webhooks.Fuzzing", "corpus", target.Name);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        return [.. target.Seeds, .. files.Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    private static void Try(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Try(input);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{target.Name}, seed {Seed}, input {Convert.ToBase64String(input)}: {exception}");
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;
}
