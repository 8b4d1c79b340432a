using System.Buffers;
using System.Text;

namespace Webhooks;

/// <summary>What an application is told of a request as each provider sends it.</summary>
public class ProviderFieldTests
{
    // What only the provider's own certificate can sign.
    private static readonly string[] NotSignable = ["sns", "paypal"];

    public static TheoryData<string> Signable { get; } =
        [.. WebhookProviders.All.Select(provider => provider.Name).Except(NotSignable, StringComparer.Ordinal)];

    public static TheoryData<string> Others { get; } = [.. NotSignable];

    [Fact]
    public void Every_provider_has_a_sample()
    {
        Assert.Equal(
            WebhookProviders.All.Select(provider => provider.Name).Order(StringComparer.Ordinal),
            ProviderSamples.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Signable))]
    public async Task Id_and_event_type_are_found_where_the_provider_has_them(string name)
    {
        var (provider, sample) = (WebhookProviders.Find(name)!, ProviderSamples.All[name]);
        var sender = new SimulatedProvider(provider);
        var request = Received.Request(sender, BodyOf(sample, sender), sample.Headers);
        await using var receiver = await Received.StartAsync(
            builder => builder.AddSchemes(Ed25519SignatureSchemes.All).AddSource("billing", provider, sender.Secret));

        var expected = sample.Id == "*" ? SignedIdIn(request, sender.Scheme) : sample.Id;

        Assert.Equal($"{expected}|{sample.EventType}", await Received.AskAsync(receiver, request));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Id_and_event_type_are_found_in_the_body_of_what_can_not_be_simulated(string name)
    {
        var (provider, sample) = (WebhookProviders.Find(name)!, ProviderSamples.All[name]);
        var fields = provider.Fields ?? provider.Scheme!.Fields;

        var found = fields.FindIn(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(sample.Body)));

        Assert.Equal((sample.Id, sample.EventType), found);
    }

    private static byte[] BodyOf(ProviderSample sample, SimulatedProvider sender) => Encoding.UTF8.GetBytes(
        sample.Body.Replace("{PROOF}", Encoding.UTF8.GetString(sender.Body())[1..^1], StringComparison.Ordinal));

    private static string SignedIdIn(HttpRequestMessage request, SignatureScheme scheme) =>
        Assert.Single(request.Headers.GetValues(scheme.Fields.IdHeader!));
}
