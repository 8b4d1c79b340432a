namespace Webhooks;

public class MessageIdTests
{
    [Fact]
    public void New_ids_are_unique_and_can_be_parsed()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => MessageId.New()).ToList();

        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(id, MessageId.Parse(id.Value)));
        Assert.All(ids, id => Assert.StartsWith("msg_", id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_of_later_milliseconds_sort_behind()
    {
        var ids = new List<MessageId> { MessageId.New() };
        for (var turn = 0; turn < 5; turn++)
        {
            var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            SpinWait.SpinUntil(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > start);
            ids.Add(MessageId.New());
        }

        var sorted = ids.OrderBy(id => id.Value, StringComparer.Ordinal);

        Assert.Equal(ids, sorted);
        Assert.All(ids, id => Assert.Equal(28, id.Value.Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    public void TryParse_refuses_what_would_make_the_signed_content_ambiguous_or_unsafe(string? text)
    {
        Assert.False(MessageId.TryParse(text, out var id));
        Assert.Equal("", id.Value);
    }

    [Fact]
    public void Parse_bounds_the_length()
    {
        Assert.Equal(128, MessageId.Parse(new string('a', 128)).Value.Length);
        Assert.Throws<FormatException>(() => MessageId.Parse(new string('a', 129)));
    }
}
