// Signs, sends, receives, verifies and handles in one process, to be published with Native AOT: what needs reflection, or
// was trimmed away, fails here. Prints a line for each step, and exits 0 only if all of them were right.
using System.Runtime.CompilerServices;
using Webhooks;

using var secret = SigningSecret.Generate();
using var keys = Ed25519KeyPair.Generate();
var received = new Dictionary<string, Invoice>();
var handled = new HandledInvoices();
var folder = Directory.CreateTempSubdirectory("webhooks-aot-");
var database = $"Data Source={Path.Combine(folder.FullName, "inbox.db")};Pooling=False";

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Webhooks:AttemptTimeout"] = "00:00:10",
    ["Webhooks:Retry:Kind"] = "None",
    ["Webhooks:Network:AllowPrivateNetworks"] = "true",
    ["Webhooks:Sources:v1:Secrets:0"] = secret.Reveal(),
    ["Webhooks:Sources:v1a:Scheme"] = "ed25519",
    ["Webhooks:Sources:v1a:Secrets:0"] = keys.PublicKey.Reveal(),
    ["Webhooks:Sources:code:Provider"] = "github",
    ["Webhooks:Sources:code:Secrets:0"] = secret.Reveal(),
});
var section = builder.Configuration.GetSection("Webhooks");
builder.Services.AddWebhookSender(section);
builder.Services.AddWebhookVerification(section)
    .AddScheme(Ed25519SignatureSchemes.StandardWebhooks)
    .UseInbox(inbox => inbox.UseSqlite(database));
builder.Services.AddSingleton(handled).AddScoped<InvoiceHandler>();

await using var app = builder.Build();
app.UseWebhookVerification();
foreach (var source in new[] { "v1", "v1a" })
{
    app.MapPost($"/{source}", (VerifiedWebhook webhook) =>
    {
        received[webhook.Id!] = webhook.ReadPayload(InvoiceJson.Default.Invoice)!;
        return Results.NoContent();
    }).RequireWebhookVerification(source);
}

app.MapWebhook("/code", "code")
    .On("invoice.paid", InvoiceJson.Default.Invoice, HandleOnceAsync)
    .On<Invoice, InvoiceHandler>("invoice.sent", InvoiceJson.Default.Invoice);

await app.StartAsync();
Console.WriteLine(RuntimeFeature.IsDynamicCodeSupported ? "runs on the runtime" : "runs as native code");

var sender = app.Services.GetRequiredService<IWebhookSender>();
using var guess = SigningSecret.Generate();
var steps = new (string Name, bool Right)[]
{
    ("v1 was verified", await AcceptsAsync("v1", new EndpointSignature(SignatureSchemes.StandardWebhooks, secret))),
    ("v1 was forged and refused", !await AcceptsAsync("v1", new EndpointSignature(SignatureSchemes.StandardWebhooks, guess))),
    ("v1a was verified", await AcceptsAsync("v1a", new EndpointSignature(Ed25519SignatureSchemes.StandardWebhooks, keys.PrivateKey))),
    ("v1a was forged and refused", !await AcceptsAsync("v1a", new EndpointSignature(SignatureSchemes.StandardWebhooks, secret))),
    ("a typed handler was run from the inbox, and marked", await IsHandledAsync("invoice.paid", new Invoice(8, "paid"))),
    ("a handler from the services was run from the inbox", await IsHandledAsync("invoice.sent", new Invoice(9, "sent"))),
};
foreach (var (name, right) in steps)
    Console.WriteLine($"{(right ? "ok" : "WRONG")}: {name}");

await app.StopAsync();
folder.Delete(recursive: true);
return steps.All(step => step.Right) ? 0 : 1;

async Task<bool> AcceptsAsync(string source, EndpointSignature signature)
{
    var endpoint = new WebhookEndpoint(new Uri($"{app.Urls.Single()}/{source}"), signature);
    var message = WebhookMessage.Create("invoice.paid", new Invoice(7, "paid"), InvoiceJson.Default.Invoice);
    var result = await sender.SendAsync(message, endpoint);
    return result.Succeeded && received.TryGetValue(message.Id.Value, out var invoice) && invoice is { Id: 7, Status: "paid" };
}

async Task<bool> IsHandledAsync(string eventType, Invoice invoice)
{
    // The source is a provider's that configuration names, and the provider takes the secret for text.
    using var text = SignatureSchemes.GitHub.ParseSecret(secret.Reveal());
    var endpoint = new WebhookEndpoint(
        new Uri($"{app.Urls.Single()}/code"), new EndpointSignature(SignatureSchemes.GitHub, text));
    var message = WebhookMessage.Create(EventType.Parse(eventType), invoice, InvoiceJson.Default.Invoice);
    return (await sender.SendAsync(message, endpoint)).Succeeded && await handled.NextAsync() == invoice;
}

async Task HandleOnceAsync(WebhookEvent<Invoice> webhook, CancellationToken cancellationToken)
{
    await webhook.HandleOnceAsync(static (_, _) => Task.CompletedTask, cancellationToken);
    handled.Add(webhook.Payload);
}
