namespace Webhooks;

/// <summary>What comes with the library as providers.</summary>
public class ProviderCatalogueTests
{
    // What only the provider's own certificate can sign.
    private static readonly string[] NotSignable = ["sns", "sns-v1", "paypal"];

    public static TheoryData<string> Names { get; } =
        [.. WebhookProviders.All.Where(provider => !NotSignable.Contains(provider.Scheme?.Name)).Select(provider => provider.Name)];

    public static TheoryData<string> Schemes { get; } =
    [
        .. SignatureSchemes.All.Concat(Ed25519SignatureSchemes.All).Select(scheme => scheme.Name)
            .Except(NotSignable, StringComparer.Ordinal),
    ];

    [Fact]
    public void Providers_are_found_by_their_names_in_any_case()
    {
        var all = WebhookProviders.All;

        Assert.Equal(all.Count, all.Select(provider => provider.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(all, provider => Assert.Same(provider, WebhookProviders.Find(provider.Name.ToUpperInvariant())));
        Assert.All(all, provider => Assert.False(provider is { Scheme: null, SchemeName: null }));
        Assert.Equal(all.Count, typeof(WebhookProviders).GetProperties().Count(property => property.PropertyType == typeof(WebhookProvider)));
    }

    [Fact]
    public void Every_handshake_has_a_provider_that_uses_it()
    {
        var handshakes = typeof(WebhookHandshake).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(WebhookHandshake)) && !type.IsNested);

        Assert.Empty(handshakes.Except(WebhookProviders.All.Select(provider => provider.Handshake?.GetType()).OfType<Type>()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_the_sender_sends_as_the_provider_is_accepted_and_with_another_secret_refused(string name)
    {
        var provider = WebhookProviders.Find(name)!;
        var (simulated, other) = (new SimulatedProvider(provider), new SimulatedProvider(provider));

        await AssertAcceptedAndRefusedAsync(simulated, other, builder => builder.AddSource("billing", provider, simulated.Secret));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task What_the_sender_signs_by_a_scheme_is_accepted_and_with_another_secret_refused(string name)
    {
        var scheme = SignatureSchemes.Find(name) ?? Ed25519SignatureSchemes.All.Single(scheme => scheme.Name == name);
        var contentType = name == "twilio" ? "application/x-www-form-urlencoded" : "application/json";
        var simulated = new SimulatedProvider(scheme) { ContentType = contentType };
        var other = new SimulatedProvider(scheme) { ContentType = contentType };

        await AssertAcceptedAndRefusedAsync(simulated, other, builder => builder.AddSource("billing", scheme, simulated.Secret)
            .AddSource("billing", source => source.ContentTypes.Clear()));
    }

    private static async Task AssertAcceptedAndRefusedAsync(
        SimulatedProvider simulated, SimulatedProvider other, Action<WebhookVerificationBuilder> addSource)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            configure: builder => builder.Services.AddWebhookSender(options =>
            {
                (options.Network.AllowHttp, options.Network.AllowPrivateNetworks) = (true, true);
                options.RetryPolicy = RetryPolicy.None;
            }),
            sources: builder => addSource(builder.AddSchemes(Ed25519SignatureSchemes.All)));

        var accepted = await SendAsync(receiver, simulated);
        var refused = await SendAsync(receiver, other);

        Assert.Equal(204, accepted);
        Assert.Contains(refused, new int?[] { 401, 403 });
        Assert.Equal(simulated.Body(), Assert.Single(receiver.Handled));
    }

    private static async Task<int?> SendAsync(Receiver receiver, SimulatedProvider provider)
    {
        var endpoint = new WebhookEndpoint(
            new Uri(receiver.Address, "/hook" + provider.Query), new EndpointSignature(provider.Scheme, provider.SigningKey));
        var message = WebhookMessage.Create(
            EventType.Parse("invoice.paid"), provider.Body(), provider.ContentType, receiver.Services.GetRequiredService<TimeProvider>());

        var result = await receiver.Services.GetRequiredService<IWebhookSender>()
            .SendAsync(message, endpoint, TestContext.Current.CancellationToken);

        return (int?)result.LastAttempt.StatusCode ?? throw new InvalidOperationException(result.ToString());
    }
}
