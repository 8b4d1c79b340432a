using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Endpoints;

public sealed class JsonPointerTests
{
    // RFC 6901, section 5.
    private const string Example =
        """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""";

    [Theory]
    [InlineData("/foo", """["bar","baz"]""")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    [InlineData("", Example)]
    public void Every_example_of_the_standard_is_found(string place, string expected)
    {
        using var document = JsonDocument.Parse(Example);

        Assert.True(JsonPointer.TryParse(place, out var parsed));
        Assert.True(parsed.TryFind(document.RootElement, out var found));
        Assert.Equal(expected, found.GetRawText());
    }

    [Theory]
    [InlineData("/foo/2")]
    [InlineData("/foo/00")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/-")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/99999999999")]
    [InlineData("/foo/bar")]
    [InlineData("/nothing")]
    [InlineData("/a~1b/0")]
    public void What_is_not_there_is_not_found(string place)
    {
        using var document = JsonDocument.Parse(Example);

        Assert.True(JsonPointer.TryParse(place, out var parsed));
        Assert.False(parsed.TryFind(document.RootElement, out _));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("/~")]
    [InlineData("/~2")]
    [InlineData("/a~")]
    [InlineData(null)]
    public void What_is_no_pointer_is_refused(string? text) => Assert.False(JsonPointer.TryParse(text, out _));

    [Fact]
    public void Any_name_is_found_by_its_escaped_form()
    {
        var names = Gen.Elements('a', '~', '/', '0', '1', ' ', 'é', '"', '.');
        var name = Gen.Choose(0, 6).SelectMany(count => Gen.ListOf(names, count)).Select(parts => string.Concat(parts));

        Prop.ForAll(Arb.From(Gen.Choose(1, 5).SelectMany(count => Gen.ListOf(name, count))), path =>
        {
            JsonNode tree = JsonValue.Create(42);
            foreach (var part in Enumerable.Reverse(path))
                tree = new JsonObject { [part] = tree };
            using var document = JsonDocument.Parse(tree.ToJsonString());
            var text = string.Concat(path.Select(part => "/" + part.Replace("~", "~0", StringComparison.Ordinal)
                .Replace("/", "~1", StringComparison.Ordinal)));

            return JsonPointer.TryParse(text, out var pointer)
                && pointer.TryFind(document.RootElement, out var found)
                && found.GetInt32() == 42;
        }).QuickCheckThrowOnFailure();
    }
}
