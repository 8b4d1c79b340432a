namespace Webhooks.Fuzzing;

/// <summary>That the harness would notice.</summary>
public sealed class LawTests
{
    [Fact]
    public void A_parser_that_throws_is_a_fault() =>
        Assert.Throws<FormatException>(() => new Parser(_ => throw new FormatException()).Try([1]));

    [Fact]
    public void A_parser_whose_garbage_grows_by_the_square_is_a_fault() =>
        Assert.Throws<LawBrokenException>(() => new Parser(input =>
        {
            foreach (var _ in input)
                GC.KeepAlive(new byte[input.Length]);
        }).Try(new byte[FuzzTarget.MaximumInput]));

    [Fact]
    public void Mutations_are_the_same_for_the_same_seed()
    {
        byte[][] corpus = [[1, 2, 3], [4, 5]];
        var (first, second, other) = (new Mutations(7), new Mutations(7), new Mutations(8));

        var runs = Enumerable.Range(0, 100).Select(_ => (first.Next(corpus), second.Next(corpus), other.Next(corpus))).ToArray();

        Assert.All(runs, run => Assert.Equal(run.Item1, run.Item2));
        Assert.Contains(runs, run => !run.Item1.SequenceEqual(run.Item3));
    }

    private sealed class Parser(Action<byte[]> parse) : FuzzTarget("parser")
    {
        public override IEnumerable<byte[]> Seeds => [];

        protected override void Check(byte[] input) => parse(input);
    }
}
