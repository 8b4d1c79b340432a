using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>Settings of endpoints out of a store: what can't be read is one kind of exception, which names the endpoint;
/// what can is written and read the same.</summary>
public sealed class StoredSettingsTarget() : FuzzTarget("stored-settings")
{
    private static readonly EndpointSerializer Serializer = new(new KnownSchemes([]), new OAuthAuthorizations(), null);

    public override IEnumerable<byte[]> Seeds =>
    [
        Serializer.Write(new WebhookEndpoint(new Uri("https://example.com/hooks"), The.Secret)
        {
            Id = "ep_1",
            EventTypes = ["invoice.*", "a"],
            PayloadFilter = PayloadFilter.AllOf(PayloadCondition.AtLeast("/amount", 100)),
            Description = "d",
            Timeout = TimeSpan.FromSeconds(5),
            MaxConcurrency = 3,
            RateLimit = new(10, TimeSpan.FromSeconds(1)),
            Headers = new Dictionary<string, string> { ["X-A"] = "b" },
        }),
        """{"v":1,"open":{"url":"https://example.com/","signatures":[{"scheme":"github","secrets":[{"key":"AAAA"}]}],"authorization":{"header":"A","value":"b"}},"retry":{"kind":"exponential"}}"""u8.ToArray(),
        """{"v":1,"open":{"url":"https://example.com/","signatures":null}}"""u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        if (Read(input) is not { } endpoint)
            return;

        byte[] written;
        try
        {
            written = Serializer.Write(endpoint);
        }
        catch (ArgumentException)
        {
            return;
        }

        var again = Read(written);
        Law.Holds(again is not null, $"what was written is read: {Encoding.UTF8.GetString(written)}");
        Law.Holds(Serializer.Write(again!).AsSpan().SequenceEqual(written), "and written the same");
    }

    private static WebhookEndpoint? Read(byte[] settings)
    {
        try
        {
            return Serializer.Read(new EndpointRecord { Id = "ep_1", Settings = settings });
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("ep_1", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
