using System.Net;

namespace Webhooks;

/// <summary>What comes with the library as providers.</summary>
public class ProviderCatalogueTests
{
    // They need keys of their own making, a form, or a proof in the body; their schemes' tests show that they verify.
    private static readonly string[] NotSignedHere =
        ["adyen", "adyen-platform", "graph", "mailgun", "paypal", "sendgrid", "sns", "twilio"];

    public static TheoryData<string> Names { get; } =
        [.. WebhookProviders.All.Select(provider => provider.Name).Except(NotSignedHere, StringComparer.Ordinal)];

    [Fact]
    public void Providers_are_in_the_order_of_their_names_and_found_by_them_in_any_case()
    {
        var all = WebhookProviders.All;

        Assert.Equal(all.Count, all.Select(provider => provider.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(all, provider => Assert.Same(provider, WebhookProviders.Find(provider.Name.ToUpperInvariant())));
        Assert.All(all, provider => Assert.NotNull(provider.Scheme));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_request_signed_as_the_provider_signs_is_accepted_and_one_with_another_secret_is_not(string name)
    {
        var provider = WebhookProviders.Find(name)!;
        var (secret, other) = (SecretOf(provider), SecretOf(provider, 'o'));
        await using var receiver = await Receiver.StartAsync(
            sources: verification => verification
                .AddSource("billing", provider, secret)
                .AddSource("billing", source => source.PublicUrl = "http://localhost"));

        var accepted = await receiver.StatusOfAsync(Request(provider, secret));
        var refused = await receiver.StatusOfAsync(Request(provider, other));

        Assert.Equal(HttpStatusCode.NoContent, accepted);
        Assert.Contains(refused, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    private static string SecretOf(WebhookProvider provider, char letter = 's') =>
        provider.Name is "standard" or "svix" ? Some.SecretText() : new string(letter, 40);

    private static HttpRequestMessage Request(WebhookProvider provider, string secret)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"webhookTimestamp":{{The.Now.ToUnixTimeMilliseconds()}},"type":"invoice.paid"}""");
        var request = new HttpRequestMessage(HttpMethod.Post, "/hook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        var signature = Some.Signature(body, provider.Scheme!.ParseSecret(secret), provider.Scheme, url: "http://localhost/hook");
        foreach (var (name, value) in signature)
            request.With(name, value);
        return request;
    }
}
