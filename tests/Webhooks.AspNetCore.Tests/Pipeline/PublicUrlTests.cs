namespace Webhooks;

/// <summary>Schemes that sign the URL sign the one that the sender was given, letter by letter.</summary>
public class PublicUrlTests
{
    private static readonly HmacSignatureScheme Scheme = new(
        "url", new SignatureLayout { SignatureHeader = "X-Signature", SignedContent = "{method}{url}{body}" });

    private static readonly SigningSecret Secret = Scheme.ParseSecret("text");

    [Theory]
    [InlineData("https://example.com", "https://example.com/hook?a=%2F&b='%27+%20", "/hook?a=%2F&b='%27+%20")]
    [InlineData("https://example.com/base/", "https://example.com/base/hook", "/hook")]
    [InlineData(null, "http://localhost/hook?x=1", "/hook?x=1")]
    public async Task The_url_is_the_public_one_with_the_target_as_it_came(string? publicUrl, string signedUrl, string target)
    {
        await using var receiver = await StartAsync(publicUrl);

        Assert.Equal(204, await SendAsync(receiver, signedUrl, target));
        Assert.Equal(401, await SendAsync(receiver, signedUrl + "x", target));
        Assert.Equal(401, await SendAsync(receiver, signedUrl, target + "?"));
    }

    [Fact]
    public async Task A_target_with_a_host_of_its_own_does_not_choose_the_url()
    {
        await using var receiver = await StartAsync("https://example.com");

        Assert.Equal(204, await SendAsync(receiver, "https://example.com/hook", "http://localhost/hook"));
        Assert.Equal(401, await SendAsync(receiver, "http://localhost/hook", "http://localhost/hook"));
    }

    private static Task<Receiver> StartAsync(string? publicUrl) => Receiver.OnKestrelAsync(
        sources: builder => builder.AddSource("billing", source =>
        {
            (source.Scheme, source.PublicUrl) = (Scheme, publicUrl);
            source.Secrets.Add("text");
        }));

    private static async Task<int> SendAsync(Receiver receiver, string signedUrl, string target)
    {
        var body = Some.JsonBody();
        var signature = Assert.Single(Some.Signature(body, Secret, Scheme, url: signedUrl), header => header.Key == "X-Signature");
        using var connection = await receiver.ConnectAsync();
        await connection.SendAsync($"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n{signature.Key}: {signature.Value}\r\n\r\n");
        await connection.SendAsync(body);
        return await connection.ReadStatusAsync();
    }
}
