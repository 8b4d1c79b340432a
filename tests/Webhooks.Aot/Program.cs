// Signs, sends, receives and verifies in one process, to be published with Native AOT: what needs reflection, or was
// trimmed away, fails here. Prints a line for each step, and exits 0 only if all of them were right.
using System.Runtime.CompilerServices;
using Webhooks;

using var secret = SigningSecret.Generate();
using var keys = Ed25519KeyPair.Generate();
var received = new Dictionary<string, Invoice>();

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
});
var section = builder.Configuration.GetSection("Webhooks");
builder.Services.AddWebhookSender(section);
builder.Services.AddWebhookVerification(section).AddScheme(Ed25519SignatureSchemes.StandardWebhooks);

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
};
foreach (var (name, right) in steps)
    Console.WriteLine($"{(right ? "ok" : "WRONG")}: {name}");

await app.StopAsync();
return steps.All(step => step.Right) ? 0 : 1;

async Task<bool> AcceptsAsync(string source, EndpointSignature signature)
{
    var endpoint = new WebhookEndpoint(new Uri($"{app.Urls.Single()}/{source}"), signature);
    var message = WebhookMessage.Create("invoice.paid", new Invoice(7, "paid"), InvoiceJson.Default.Invoice);
    var result = await sender.SendAsync(message, endpoint);
    return result.Succeeded && received.TryGetValue(message.Id.Value, out var invoice) && invoice is { Id: 7, Status: "paid" };
}
