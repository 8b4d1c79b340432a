using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Endpoints;

public sealed class PayloadFilterTests
{
    private const string Payload =
        """
        {"data":{"amount":100.50,"currency":"EUR","paid":true,"note":null,"big":12345678901234567890,
        "lines":[{"sku":"a"},{"sku":"b"}],"text":"100.5","escaped":"caf\u00e9"}}
        """;

    [Theory]
    [InlineData("""{"at":"/data/currency","equals":"EUR"}""", true)]
    [InlineData("""{"at":"/data/currency","equals":"eur"}""", false)]
    [InlineData("""{"at":"/data/escaped","equals":"café"}""", true)]
    [InlineData("""{"at":"/data/amount","equals":100.5}""", true)]
    [InlineData("""{"at":"/data/amount","equals":1005e-1}""", true)]
    [InlineData("""{"at":"/data/text","equals":100.5}""", false)]
    [InlineData("""{"at":"/data/big","equals":12345678901234567890}""", true)]
    [InlineData("""{"at":"/data/big","equals":12345678901234567891}""", false)]
    [InlineData("""{"at":"/data/paid","equals":true}""", true)]
    [InlineData("""{"at":"/data/paid","equals":false}""", false)]
    [InlineData("""{"at":"/data/note","equals":null}""", true)]
    [InlineData("""{"at":"/data/missing","equals":null}""", false)]
    [InlineData("""{"at":"/data","equals":"EUR"}""", false)]
    [InlineData("""{"at":"/data/currency","notEquals":"EUR"}""", false)]
    [InlineData("""{"at":"/data/currency","notEquals":"CHF"}""", true)]
    [InlineData("""{"at":"/data/missing","notEquals":"CHF"}""", true)]
    [InlineData("""{"at":"/data/currency","in":["CHF","EUR"]}""", true)]
    [InlineData("""{"at":"/data/currency","in":["CHF",null]}""", false)]
    [InlineData("""{"at":"/data/missing","in":[null]}""", false)]
    [InlineData("""{"at":"/data/note","exists":true}""", true)]
    [InlineData("""{"at":"/data/missing","exists":true}""", false)]
    [InlineData("""{"at":"/data/missing","exists":false}""", true)]
    [InlineData("""{"at":"/data/lines/1/sku","equals":"b"}""", true)]
    [InlineData("""{"at":"/data/amount","greaterThan":100.5}""", false)]
    [InlineData("""{"at":"/data/amount","greaterThan":100.4}""", true)]
    [InlineData("""{"at":"/data/amount","atLeast":100.5}""", true)]
    [InlineData("""{"at":"/data/amount","lessThan":100.5}""", false)]
    [InlineData("""{"at":"/data/amount","lessThan":1e300}""", true)]
    [InlineData("""{"at":"/data/amount","atMost":100.5}""", true)]
    [InlineData("""{"at":"/data/text","atLeast":1}""", false)]
    [InlineData("""{"at":"/data/missing","lessThan":1}""", false)]
    public void A_condition_holds_or_not(string condition, bool expected)
    {
        var filter = PayloadFilter.Parse($"[{condition}]");

        Assert.Equal(expected, Matches(filter, Payload));
        Assert.Equal($"[{condition}]", filter.ToString());
        Assert.Equal(condition, Assert.Single(filter.Conditions).ToString());
    }

    [Fact]
    public void All_conditions_must_hold()
    {
        var both = PayloadFilter.AllOf(
            PayloadCondition.OneOf("/data/currency", "EUR", "CHF"), PayloadCondition.AtLeast("/data/amount", 100));
        var one = PayloadFilter.AllOf(
            PayloadCondition.EqualTo("/data/currency", "EUR"), PayloadCondition.GreaterThan("/data/amount", 1000));

        Assert.True(Matches(both, Payload));
        Assert.False(Matches(one, Payload));
        Assert.Equal("""[{"at":"/data/currency","in":["EUR","CHF"]},{"at":"/data/amount","atLeast":100}]""", both.ToString());
    }

    [Fact]
    public void Conditions_made_in_code_are_those_of_the_text()
    {
        var made = PayloadFilter.AllOf(
            PayloadCondition.Exists("/a"), PayloadCondition.Missing("/b"), PayloadCondition.EqualTo("/c", null),
            PayloadCondition.NotEqualTo("/d", true), PayloadCondition.LessThan("/e", 1.5m), PayloadCondition.AtMost("/f", -2));

        Assert.Equal(
            """[{"at":"/a","exists":true},{"at":"/b","exists":false},{"at":"/c","equals":null},{"at":"/d","notEquals":true},"""
            + """{"at":"/e","lessThan":1.5},{"at":"/f","atMost":-2}]""",
            made.ToString());
        Assert.Equal(made, PayloadFilter.Parse(made.ToString()));
        Assert.NotEqual(made, PayloadFilter.AllOf(PayloadCondition.Exists("/a")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<paid/>")]
    [InlineData("""{"data":""")]
    [InlineData("""{"data":{}} more""")]
    public void A_payload_that_is_not_json_never_matches(string payload)
    {
        Assert.False(Matches(PayloadFilter.Parse("""[{"at":"/nothing","exists":false}]"""), payload));
        Assert.False(Matches(PayloadFilter.Parse("""[{"at":"/a","notEquals":1}]"""), payload));
    }

    [Fact]
    public void A_payload_nested_too_deeply_never_matches()
    {
        var filter = PayloadFilter.AllOf(PayloadCondition.Missing("/nothing"));

        Assert.True(Matches(filter, new string('[', 64) + new string(']', 64)));
        Assert.False(Matches(filter, new string('[', 65) + new string(']', 65)));
        Assert.False(Matches(filter, new string('[', 100_000)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""[{"at":"/a"}]""")]
    [InlineData("""[{"equals":1}]""")]
    [InlineData("""[{"at":"a","equals":1}]""")]
    [InlineData("""[{"at":1,"equals":1}]""")]
    [InlineData("""[{"at":"/a","equals":1,"exists":true}]""")]
    [InlineData("""[{"at":"/a","equals":[1]}]""")]
    [InlineData("""[{"at":"/a","equals":{}}]""")]
    [InlineData("""[{"at":"/a","exists":1}]""")]
    [InlineData("""[{"at":"/a","in":[]}]""")]
    [InlineData("""[{"at":"/a","in":"b"}]""")]
    [InlineData("""[{"at":"/a","greaterThan":"1"}]""")]
    [InlineData("""[{"at":"/a","resembles":"b"}]""")]
    [InlineData("""[{"at":"/a","equals":"\ud800"}]""")]
    [InlineData(null)]
    public void What_is_no_filter_is_refused(string? text)
    {
        Assert.False(PayloadFilter.TryParse(text, out _));
        Assert.ThrowsAny<Exception>(() => PayloadFilter.Parse(text!));
    }

    [Fact]
    public void A_filter_has_its_bounds()
    {
        var condition = PayloadCondition.Exists("/a");

        Assert.Equal(20, PayloadFilter.AllOf(Enumerable.Repeat(condition, 20)).Conditions.Count);
        Assert.Throws<ArgumentException>(() => PayloadFilter.AllOf(Enumerable.Repeat(condition, 21)));
        Assert.Throws<ArgumentException>(() => PayloadFilter.AllOf());
        Assert.Throws<ArgumentException>(() => PayloadCondition.Exists("/" + new string('a', 256)));
        Assert.Throws<ArgumentException>(() => PayloadCondition.EqualTo("/a", new string('a', 1025)));
        Assert.Throws<ArgumentException>(() => PayloadCondition.OneOf("/a", Enumerable.Repeat((System.Text.Json.Nodes.JsonNode?)1, 101)));
        Assert.Throws<ArgumentException>(() => PayloadCondition.EqualTo("/a", new System.Text.Json.Nodes.JsonArray()));
    }

    [Fact]
    public void No_payload_makes_a_filter_throw()
    {
        var filter = PayloadFilter.Parse(
            """[{"at":"/a","notEquals":"x"},{"at":"/b/0","notEquals":1},{"at":"/c","exists":false}]""");
        var pieces = Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\ud800\"", "\"\\u0000\"", "1", "-0", "1e999", "true", "null",
            "\u00e9", "\"", " ");

        Prop.ForAll(Arb.From(Gen.ListOf(pieces)), parts =>
        {
            _ = Matches(filter, string.Concat(parts));
        }).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes => { _ = filter.Matches(bytes); }).QuickCheckThrowOnFailure();
        foreach (var payload in (string[])["""{"a":"\ud800"}""", """{"\ud800":1}""", """{"a":1e999,"b":[-1e999]}"""])
            _ = Matches(filter, payload);
        Assert.False(filter.Matches((byte[])[.. "{\"a\":\""u8, 0xff, 0xfe, .. "\"}"u8]));
    }

    [Fact]
    public void Text_and_literals_come_back_as_they_were()
        => Prop.ForAll<NonNull<string>, int, bool>((text, number, flag) =>
        {
            var value = text.Get.Length > 1000 || text.Get.Any(char.IsSurrogate) ? "x" : text.Get;
            var filter = PayloadFilter.AllOf(
                PayloadCondition.EqualTo("/a", value), PayloadCondition.AtLeast("/b", number), PayloadCondition.OneOf("/c", flag, value));
            var payload = JsonSerializer.SerializeToUtf8Bytes(new { a = value, b = number, c = flag });

            return PayloadFilter.Parse(filter.ToString()).Equals(filter) && filter.Matches(payload);
        }).QuickCheckThrowOnFailure();

    private static bool Matches(PayloadFilter filter, string payload) => filter.Matches(Encoding.UTF8.GetBytes(payload));
}
