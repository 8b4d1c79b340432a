using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Sending;

/// <summary>The library: a new message each time, signed, through the guard, one attempt, with its result.</summary>
internal sealed class WebhooksPost(Uri url, byte[] payload) : PostUnderTest
{
    private static readonly EventType Type = "invoice.paid";

    private readonly IWebhookSender _sender = Sender();
    private readonly WebhookEndpoint _endpoint = new(url, SigningSecret.Generate());

    public override Task SendAsync() => _sender.SendAsync(WebhookMessage.Create(Type, payload), _endpoint);

    public override void Check(Task sent)
    {
        var result = ((Task<WebhookSendResult>)sent).Result;
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }

    private static IWebhookSender Sender()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWebhookSender(options =>
        {
            options.RetryPolicy = RetryPolicy.None;
            options.Network.AllowPrivateNetworks = true;
            if (Environment.GetEnvironmentVariable(SendClient.CertificateVariable) is { } file)
            {
                options.Network.TrustOnly([X509Certificate2.CreateFromPem(File.ReadAllText(file))]);
            }
        });
        return services.BuildServiceProvider().GetRequiredService<IWebhookSender>();
    }
}
