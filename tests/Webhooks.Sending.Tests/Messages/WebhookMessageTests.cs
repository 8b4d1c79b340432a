using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Messages;

public sealed class WebhookMessageTests
{
    private static readonly Invoice Invoice = new(7, "Ünal & Co");

    [Fact]
    public void Create_writes_the_payload_as_json_once()
    {
        var generated = WebhookMessage.Create("invoice.paid", Invoice, InvoiceJson.Default.Invoice);
        var byOptions = WebhookMessage.Create("invoice.paid", Invoice, JsonSerializerOptions.Web);

        Assert.Equal("""{"id":7,"customer":"\u00DCnal \u0026 Co"}""", Encoding.UTF8.GetString(generated.Payload.Span));
        Assert.Equal(generated.Payload.ToArray(), byOptions.Payload.ToArray());
        Assert.Equal("application/json", generated.ContentType);
        Assert.StartsWith("msg_", generated.Id.Value, StringComparison.Ordinal);
        Assert.NotEqual(generated.Id, byOptions.Id);
    }

    [Fact]
    public void CreateEnvelope_writes_type_timestamp_and_data()
    {
        var clock = new FakeTimeProvider(The.Now);

        var message = WebhookMessage.CreateEnvelope("invoice.paid", Invoice, InvoiceJson.Default.Invoice, clock);

        Assert.Equal(
            """{"type":"invoice.paid","timestamp":"2026-11-23T12:00:00Z","data":{"id":7,"customer":"\u00DCnal \u0026 Co"}}""",
            Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal(The.Now, message.Timestamp);
    }

    [Fact]
    public void Options_without_a_resolver_are_refused_with_the_mend()
    {
        var error = Assert.Throws<ArgumentException>(
            () => WebhookMessage.Create("invoice.paid", Invoice, new JsonSerializerOptions()));

        Assert.Contains("TypeInfoResolver", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_bytes_are_not_copied_and_keep_their_media_type()
    {
        var bytes = "<paid/>"u8.ToArray();

        var message = WebhookMessage.Create("invoice.paid", bytes, "application/xml; charset=utf-8");

        Assert.True(message.Payload.Span.Overlaps(bytes));
        Assert.Equal("application/xml; charset=utf-8", message.ContentType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("json")]
    [InlineData("application/json\r\nX-Injected: 1")]
    [InlineData("application/jsön")]
    public void A_content_type_that_is_no_media_type_is_refused(string contentType)
        => Assert.Throws<ArgumentException>(() => WebhookMessage.Create("a", new byte[1], contentType));

    [Fact]
    public void What_would_make_a_message_unsendable_is_refused_at_once()
    {
        var message = Some.Message();

        Assert.Throws<ArgumentException>(() => WebhookMessage.Create(default, new byte[1]));
        Assert.Throws<ArgumentException>(() => message with { Id = default });
        Assert.Throws<ArgumentException>(
            () => message with { Headers = new Dictionary<string, string> { ["webhook-id"] = "msg_other" } });
    }

    [Fact]
    public void With_changes_a_copy()
    {
        var message = Some.Message();

        var changed = message with { Id = MessageId.Parse("msg_1"), Timestamp = The.Now };

        Assert.Equal("msg_1", changed.Id.Value);
        Assert.NotEqual("msg_1", message.Id.Value);
        Assert.True(changed.Payload.Span.Overlaps(message.Payload.Span));
    }
}
