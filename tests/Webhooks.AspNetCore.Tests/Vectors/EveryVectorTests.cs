using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Whatever lies among the vectors is run: a file or a scheme that nobody knows fails here.</summary>
public class EveryVectorTests
{
    private const int MaxBodySize = 1024 * 1024;

    // Handshakes, which ChallengeTests runs case by case, and the schemes as data, which the vectors of signing use.
    private static readonly string[] WithoutVectors = ["challenges", "schemes"];

    public static TheoryData<string> Suites { get; } = [.. VectorSuite.Names];

    [Fact]
    public void Every_file_holds_vectors_or_is_known_to_hold_something_else()
    {
        var files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "vectors")).Select(Path.GetFileName);

        Assert.Equal(VectorSuite.Names.Concat(WithoutVectors).Select(name => name + ".json").Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
        Assert.Equal(1002, VectorSuite.Names.Sum(name => VectorSuite.Load(name).Count));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task A_receiver_accepts_the_valid_vectors_alone(string suite)
    {
        var (wrong, run) = (new List<string>(), 0);
        foreach (var cases in VectorCase.Load(suite).GroupBy(one => one.Source))
        {
            await using var keys = await KeyReader.StartAsync(cases.First().Scheme);
            foreach (var one in cases)
            {
                run++;
                if (await IsAcceptedAsync(keys, one) != IsAcceptable(one.Vector))
                    wrong.Add($"{one.Vector.Id}: {one.Vector.Expect}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(VectorSuite.Load(suite).Count, run);
    }

    private static async Task<bool> IsAcceptedAsync(KeyReader keys, VectorCase one)
    {
        try
        {
            keys.Secrets = one.ReadSecrets();
        }
        catch (FormatException)
        {
            return false;
        }

        keys.Keys = await one.MakeKeysAsync();
        return await keys.ReadAsync(one.Request) is not null;
    }

    // That a webhook came before is nothing that its signature says.
    private static bool IsAcceptable(SignatureVector vector) =>
        (vector.IsValid || vector.Expect == "replayed") && vector.Body.Length <= MaxBodySize;
}
