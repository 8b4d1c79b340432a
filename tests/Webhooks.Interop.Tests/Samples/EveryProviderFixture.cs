namespace Webhooks;

/// <summary>samples/Receiver with a source for each provider, named after it.</summary>
public sealed class EveryProviderFixture : IAsyncLifetime
{
    private SampleReceiver? _receiver;

    internal SampleReceiver Receiver => _receiver!;

    internal HttpClient Client { get; } = new();

    internal OurSender Sender { get; } = new();

    /// <summary>The providers whose secrets the receiver knows, and who can be simulated: Amazon's and PayPal's
    /// certificates can't.</summary>
    internal static IReadOnlyDictionary<string, SimulatedProvider> Simulated { get; } = WebhookProviders.All
        .Where(provider => provider.Scheme != SignatureSchemes.AmazonSns && provider.Scheme != SignatureSchemes.PayPal)
        .ToDictionary(provider => provider.Name, provider => new SimulatedProvider(provider), StringComparer.Ordinal);

    public async ValueTask InitializeAsync() => _receiver = await SampleReceiver.StartAsync(
    [
        .. Simulated.SelectMany(provider => SampleReceiver.Source(provider.Key, "Provider", provider.Key, provider.Value.Secret)),
        .. SampleReceiver.Source("sns", "Provider", "sns", "arn:aws:sns:us-east-1:123456789012:orders"),
        .. SampleReceiver.Source("paypal", "Provider", "paypal", "9XL90610J3647323C"),
    ]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Sender.DisposeAsync();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
    }
}
