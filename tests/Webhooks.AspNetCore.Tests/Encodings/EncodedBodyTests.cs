using System.IO.Compression;
using System.Net;
using System.Text;

namespace Webhooks;

public class EncodedBodyTests
{
    private const int Limit = 10_000;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 5_000)}}"}""");

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("x-gzip", true)]
    [InlineData("deflate", false)]
    [InlineData("Deflate", true)]
    [InlineData("br", false)]
    [InlineData("br", true)]
    public async Task A_packed_body_reaches_the_handler_unpacked(string coding, bool signedBefore)
    {
        await using var receiver = await StartAsync(signedBefore, "gzip", "deflate", "br");

        var status = await receiver.StatusOfAsync(Packed(Body, coding, signedBefore));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(Body, Assert.Single(receiver.Handled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_application_sees_a_request_that_was_never_packed(bool signedBefore)
    {
        var seen = "";
        await using var receiver = await Receiver.StartAsync(
            source => Allow(source, signedBefore, "gzip"),
            (app, _) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/hook", async (HttpContext context) =>
                {
                    using var reader = new StreamReader(context.Request.Body);
                    var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
                    seen = $"{context.Request.Headers.ContentEncoding}|{context.Request.ContentLength}|{text.Length}";
                }).RequireWebhookVerification("billing");
            });

        await receiver.StatusOfAsync(Packed(Body, "gzip", signedBefore));

        Assert.Equal($"|{Body.Length}|{Body.Length}", seen);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("compress")]
    public async Task A_coding_that_is_not_allowed_is_refused(string coding)
    {
        await using var receiver = await StartAsync(signedBefore: false, "gzip");

        var status = await receiver.StatusOfAsync(Some.Webhook(Body).With("Content-Encoding", coding));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Fact]
    public async Task What_is_not_packed_is_taken_as_it_is_where_packing_is_allowed()
    {
        await using var receiver = await StartAsync(signedBefore: true, "gzip");

        await receiver.StatusOfAsync(Some.Webhook(Body));
        await receiver.StatusOfAsync(Some.Webhook(Body).With("Content-Encoding", "identity"));

        Assert.Equal([Body, Body], receiver.Handled);
    }

    [Theory]
    [InlineData(false, Limit, HttpStatusCode.NoContent)]
    [InlineData(false, Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(false, 50_000_000, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(true, Limit, HttpStatusCode.NoContent)]
    [InlineData(true, Limit + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(true, 50_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_unpacks_to_no_more_than_the_limit(bool signedBefore, int length, HttpStatusCode expected)
    {
        await using var receiver = await StartAsync(signedBefore, "gzip", "br");
        var coding = length > Limit + 1 ? "br" : "gzip";

        var status = await receiver.StatusOfAsync(Packed(new byte[length], coding, signedBefore));

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked_beyond_the_limit()
    {
        await using var receiver = await StartAsync(signedBefore: true, "br");
        var bomb = Packed(new byte[200_000_000], "br", signedBefore: true);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await receiver.StatusOfAsync(bomb);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20_000_000);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task What_cannot_be_unpacked_is_a_bad_request(string coding)
    {
        await using var receiver = await StartAsync(signedBefore: true, "gzip", "deflate", "br");
        var request = Some.Webhook(Body);
        request.Content = With(coding, [0xff, .. Pack(Body, coding)]);

        Assert.Equal(HttpStatusCode.BadRequest, await receiver.StatusOfAsync(request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signature_over_the_other_form_is_refused(bool signedBefore)
    {
        await using var receiver = await StartAsync(signedBefore, "gzip");

        var status = await receiver.StatusOfAsync(Packed(Body, "gzip", !signedBefore));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [InlineData("zstd", "AllowedContentEncodings[0] of the webhook source 'billing'")]
    [InlineData(null, "SignedBeforeEncoding of the webhook source 'billing'")]
    public async Task Settings_that_can_not_be_are_named_at_the_start(string? coding, string named)
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => StartAsync(signedBefore: true, coding is null ? [] : [coding]));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static Task<Receiver> StartAsync(bool signedBefore, params string[] codings) =>
        Receiver.StartAsync(source => Allow(source, signedBefore, codings));

    private static void Allow(WebhookSourceOptions source, bool signedBefore, params string[] codings)
    {
        source.MaxBodySize = Limit;
        source.SignedBeforeEncoding = signedBefore;
        foreach (var coding in codings)
            source.AllowedContentEncodings.Add(coding);
    }

    private static HttpRequestMessage Packed(byte[] body, string coding, bool signedBefore)
    {
        var packed = Pack(body, coding);
        var request = Some.Webhook(signedBefore ? body : packed);
        request.Content = With(coding, packed);
        return request;
    }

    private static ByteArrayContent With(string coding, byte[] packed)
    {
        var content = new ByteArrayContent(packed);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(coding);
        return content;
    }

    private static byte[] Pack(byte[] body, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coding.ToUpperInvariant() switch
        {
            "BR" => new BrotliStream(packed, CompressionLevel.Fastest),
            "DEFLATE" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => new GZipStream(packed, CompressionLevel.Fastest),
        })
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }
}
