using System.Text;

namespace Webhooks.Tests.Messages;

public sealed class MessageRecordTests
{
    [Fact]
    public void A_message_comes_back_from_a_store_as_it_was_published()
    {
        var message = Some.Message() with
        {
            Tenant = "acme",
            IdempotencyKey = "order-1",
            OrderingKey = "customer-7",
            Timestamp = The.Now.AddTicks(7),
            ExpiresAt = The.Now.AddDays(1),
            Headers = new Dictionary<string, string> { ["X-Trace"] = "a \"quoted\" one", ["X-Empty"] = "" },
        };

        var back = MessageRecords.ToMessage(MessageRecords.ToRecord(message));

        Assert.Equal(message.Id, back.Id);
        Assert.Equal(message.EventType, back.EventType);
        Assert.Equal(message.Timestamp, back.Timestamp);
        Assert.Equal(message.ContentType, back.ContentType);
        Assert.Equal("acme", back.Tenant);
        Assert.Equal("order-1", back.IdempotencyKey);
        Assert.Equal("customer-7", back.OrderingKey);
        Assert.Equal(message.ExpiresAt, back.ExpiresAt);
        Assert.Equal(message.Headers, back.Headers);
        Assert.Equal("", back.Headers["x-empty"]);
        Assert.True(back.Payload.Span.Overlaps(message.Payload.Span));
    }

    [Fact]
    public void A_message_without_headers_stores_no_bytes_for_them()
    {
        var record = MessageRecords.ToRecord(Some.Message());

        Assert.True(record.Headers.IsEmpty);
        Assert.Empty(MessageRecords.ToMessage(record).Headers);
    }

    [Fact]
    public void What_was_stored_is_not_checked_by_todays_rules()
    {
        var record = MessageRecords.ToRecord(Some.Message()) with
        {
            Tenant = new string('t', 200),
            ContentType = "not a media type",
            EventType = "Ünal",
        };

        var message = MessageRecords.ToMessage(record);

        Assert.Equal(200, message.Tenant.Length);
        Assert.Equal("not a media type", message.ContentType);
        Assert.Equal("Ünal", message.EventType.Value);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"X-Token\":1}")]
    [InlineData("{\"X-Token\":\"marker")]
    [InlineData("marker")]
    public void Headers_that_cannot_be_read_are_not_quoted(string stored)
    {
        var record = MessageRecords.ToRecord(Some.Message()) with { Headers = Encoding.UTF8.GetBytes(stored) };

        var error = Assert.Throws<InvalidOperationException>(() => MessageRecords.ToMessage(record));

        Assert.DoesNotContain("marker", error.ToString(), StringComparison.Ordinal);
    }
}
