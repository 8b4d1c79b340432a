using System.Buffers;
using System.Text;

namespace Webhooks;

public class MessageFieldsTests
{
    [Theory]
    [InlineData("""{"event-data":{"id":"a","event":"opened"}}""", "/event-data/event", "opened")]
    [InlineData("""{"event-data":{"event":"opened"},"event-data":{}}""", "/event-data/event", null)]
    [InlineData("""{"event-data":{"event":"opened"},"event-data":{"event":"failed"}}""", "/event-data/event", "failed")]
    [InlineData("""{"event-data":"event"}""", "/event-data/event", null)]
    [InlineData("""[{"id":"first"},{"id":"second"}]""", "/1/id", "second")]
    [InlineData("""[{"id":"first"}]""", "/1/id", null)]
    [InlineData("""[{"id":"first"}]""", "/01/id", null)]
    [InlineData("""[{"id":"first"}]""", "id", null)]
    [InlineData("""{"1":{"id":"named"}}""", "/1/id", "named")]
    [InlineData("""{"a/b":{"m~n":"escaped"}}""", "/a~1b/m~0n", "escaped")]
    [InlineData("""{"/name":"slash"}""", "/~1name", "slash")]
    [InlineData("""{"":{"":"empty"}}""", "//", "empty")]
    [InlineData("""{"update_id":10000000000000001}""", "update_id", "10000000000000001")]
    [InlineData("""{"n":1.50e3}""", "n", "1.50e3")]
    [InlineData("""{"n":true}""", "n", null)]
    [InlineData("""{"n":"\ud800"}""", "n", null)]
    public void A_pointer_leads_to_a_property(string body, string path, string? expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal((expected, null), new MessageFields { IdProperty = path }.FindIn(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal((null, expected), new MessageFields { EventTypeProperty = path }.FindIn(Pieces.Of(bytes)));
    }

    [Fact]
    public void Two_pointers_may_share_their_way()
    {
        var body = """{"a":{"list":[1,{"x":"one","y":[]}],"z":2}}"""u8.ToArray();

        var found = new MessageFields { IdProperty = "/a/list/1/x", EventTypeProperty = "/a/z" }.FindIn(Pieces.Of(body));

        Assert.Equal(("one", "2"), found);
    }

    [Theory]
    [InlineData("""{"source":"/orders","id":"1","type":"made"}""", "/orders 1", "made")]
    [InlineData("""{"id":"1","type":"made"}""", null, "made")]
    [InlineData("""{"source":"/orders","type":"made"}""", null, "made")]
    public void A_scope_stands_before_the_id(string body, string? id, string? eventType)
    {
        var fields = new MessageFields { IdProperty = "id", IdScopeProperty = "source", EventTypeProperty = "type" };

        Assert.Equal((id, eventType), fields.FindIn(Pieces.Of(Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Hostile_bodies_have_no_properties()
    {
        var deep = Encoding.UTF8.GetBytes("""{"id":"x","deep":""" + new string('[', 100_000));
        var huge = Encoding.UTF8.GetBytes("""{"id":""" + new string('9', 100_000) + "}");

        var fields = new MessageFields { IdProperty = "id", EventTypeProperty = "/deep/0" };

        Assert.Equal((null, null), fields.FindIn(new ReadOnlySequence<byte>(deep)));
        Assert.Equal((null, null), fields.FindIn(new ReadOnlySequence<byte>(huge)));
    }
}
