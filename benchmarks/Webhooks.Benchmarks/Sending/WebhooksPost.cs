using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Sending;

/// <summary>The library: a new message each time, signed, through the guard, one attempt, with its result.</summary>
internal static class WebhooksPost
{
    public static Func<Task> Create(Uri url, byte[] payload)
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
        var sender = services.BuildServiceProvider().GetRequiredService<IWebhookSender>();
        var endpoint = new WebhookEndpoint(url, SigningSecret.Generate());
        EventType type = "invoice.paid";
        return async () =>
        {
            var result = await sender.SendAsync(WebhookMessage.Create(type, payload), endpoint).ConfigureAwait(false);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException(result.ToString());
            }
        };
    }
}
