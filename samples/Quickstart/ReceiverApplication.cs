using Webhooks;

namespace Quickstart;

/// <summary>The customer's side: one route, protected by the shared secret, that tells its standard output what it
/// accepted.</summary>
internal static class ReceiverApplication
{
    public static async Task RunAsync(string url, string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddWebhookVerification().AddSource("billing", SignatureSchemes.StandardWebhooks, secret);

        await using var app = builder.Build();
        app.UseWebhookVerification();
        app.MapPost("/hooks/billing", (VerifiedWebhook webhook) =>
        {
            var invoice = webhook.ReadPayload(InvoiceJson.Default.InvoiceEvent)!.Data;
            Console.WriteLine($"{webhook.Id} {webhook.EventType} {invoice.Number} {invoice.Amount} {invoice.Currency}");
        }).RequireWebhookVerification("billing");

        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
    }
}
