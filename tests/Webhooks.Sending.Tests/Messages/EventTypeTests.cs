namespace Webhooks.Tests.Messages;

public sealed class EventTypeTests
{
    [Theory]
    [InlineData("invoice.paid")]
    [InlineData("a")]
    [InlineData("com.example/Order:v2.line-item_added")]
    public void Parse_takes_segments_parted_by_full_stops(string text)
    {
        var type = EventType.Parse(text);

        Assert.Equal(text, type.Value);
        Assert.Equal(type, (EventType)text);
        Assert.NotEqual(type, EventType.Parse(text + "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("invoice.")]
    [InlineData(".paid")]
    [InlineData("invoice..paid")]
    [InlineData("invoice paid")]
    [InlineData("invoice.päid")]
    [InlineData("invoice.*")]
    [InlineData("invoice\r\nX-Injected: 1")]
    [InlineData(null)]
    public void TryParse_refuses_anything_else(string? text)
    {
        Assert.False(EventType.TryParse(text, out var type));
        Assert.Equal(default, type);
    }

    [Fact]
    public void An_event_type_is_at_most_128_characters()
    {
        Assert.True(EventType.TryParse(new string('a', 128), out _));
        Assert.False(EventType.TryParse(new string('a', 129), out _));
    }
}
