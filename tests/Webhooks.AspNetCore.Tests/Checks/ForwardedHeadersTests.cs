using System.Net;

namespace Webhooks;

public class ForwardedHeadersTests
{
    private const string Sender = "203.0.113.7";

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    public async Task An_address_that_the_sender_only_claims_is_ignored(string header)
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.AllowedNetworks.Add(Sender));

        var status = await receiver.StatusOfAsync(Some.Webhook().With(header, header == "Forwarded" ? $"for={Sender}" : Sender));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [InlineData("203.0.113.7", HttpStatusCode.NoContent)]
    [InlineData("203.0.113.8", HttpStatusCode.Forbidden)]
    [InlineData("203.0.113.7, 203.0.113.8", HttpStatusCode.Forbidden)]
    [InlineData("203.0.113.8, 203.0.113.7", HttpStatusCode.NoContent)]
    public async Task Behind_a_known_proxy_the_address_is_the_one_that_the_proxy_saw(string forwardedFor, HttpStatusCode expected)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source => source.AllowedNetworks.Add(Sender), BehindProxy.Map, BehindProxy.TrustLoopback);

        Assert.Equal(expected, await receiver.StatusOfAsync(Some.Webhook().With("X-Forwarded-For", forwardedFor)));
    }

    [Fact]
    public async Task A_proxy_that_is_not_known_is_not_believed()
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source => source.AllowedNetworks.Add(Sender), BehindProxy.Map, builder => BehindProxy.Trust(builder, IPAddress.Parse("10.0.0.1")));

        Assert.Equal(HttpStatusCode.Forbidden, await receiver.StatusOfAsync(Some.Webhook().With("X-Forwarded-For", Sender)));
    }
}
