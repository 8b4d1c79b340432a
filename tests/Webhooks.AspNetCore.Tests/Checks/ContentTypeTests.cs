using System.Net;

namespace Webhooks;

public class ContentTypeTests
{
    [Theory]
    [InlineData("application/json", true)]
    [InlineData("APPLICATION/JSON ; charset=utf-8", true)]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData("application/jsonp", false)]
    [InlineData("application", false)]
    [InlineData("text/plain; application/json", false)]
    [InlineData(";application/json", false)]
    public async Task Only_the_configured_types_pass(string contentType, bool accepted)
    {
        await using var receiver = await Receiver.StartAsync(source => source.ContentTypes.Add("application/x-www-form-urlencoded"));

        var status = await receiver.StatusOfAsync(Some.Webhook().Without("Content-Type").With("Content-Type", contentType));

        Assert.Equal(accepted ? HttpStatusCode.NoContent : HttpStatusCode.UnsupportedMediaType, status);
    }

    [Fact]
    public async Task An_empty_list_accepts_any_type_and_none()
    {
        await using var receiver = await Receiver.StartAsync(source => source.ContentTypes.Clear());

        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook().Without("Content-Type")));
        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(
            Some.Webhook().Without("Content-Type").With("Content-Type", "image/png")));
    }

    [Theory]
    [InlineData("identity", true)]
    [InlineData("gzip", false)]
    [InlineData("identity, br", false)]
    public async Task A_body_packed_in_any_way_is_refused(string encoding, bool accepted)
    {
        await using var receiver = await Receiver.StartAsync();

        var status = await receiver.StatusOfAsync(Some.Webhook().With("Content-Encoding", encoding));

        Assert.Equal(accepted ? HttpStatusCode.NoContent : HttpStatusCode.UnsupportedMediaType, status);
    }
}
