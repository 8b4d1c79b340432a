// Both sides of a webhook in one process, over real HTTP on loopback: a receiver protected by the middleware, and a
// sender that signs, retries and reports. Exits 0 only if everything happened as told.
using Quickstart;
using Webhooks;

var story = new Story(Console.Out);
using var secret = SigningSecret.Generate();

// The receiver: one route, protected by the shared secret. It is down for the first message about an overdue invoice.
var accepted = new List<string>();
var isDown = true;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddWebhookVerification()
    .AddSource("billing", SignatureSchemes.StandardWebhooks, secret.Reveal());

// The sender. Webhooks never go to private addresses unless that is allowed, as it has to be here.
builder.Services.AddWebhookSender(options =>
{
    options.Network.AllowPrivateNetworks = true;
    options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.FromMilliseconds(200), maxAttempts: 3);
});

await using var app = builder.Build();
app.UseWebhookVerification();
app.MapPost("/hooks/billing", (VerifiedWebhook webhook) =>
{
    if (webhook.EventType == "invoice.overdue" && isDown)
    {
        isDown = false;
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    var invoice = webhook.ReadPayload(InvoiceJson.Default.InvoiceEvent)!.Data;
    story.Tell("receiver", $"{webhook.EventType}, invoice {invoice.Number} of {invoice.Amount} {invoice.Currency}, message {webhook.Id}");
    accepted.Add(webhook.Id!);
    return Results.NoContent();
}).RequireWebhookVerification("billing");
await app.StartAsync();

var url = new Uri(new Uri(app.Urls.Single()), "/hooks/billing");
var endpoint = new WebhookEndpoint(url, secret);
var sender = app.Services.GetRequiredService<IWebhookSender>();
Console.WriteLine($"A receiver listens on {url} and accepts nothing that isn't signed.");

story.Chapter("An invoice is paid.");
var paid = WebhookMessage.CreateEnvelope("invoice.paid", new Invoice(1, 42.00m, "EUR"), InvoiceJson.Default.Invoice);
var result = await sender.SendAsync(paid, endpoint);
story.Attempts(result);
story.Expect(result.Succeeded && result.Attempts.Count == 1, "It was accepted at once.");
story.Expect(accepted.Contains(paid.Id.Value), "The handler got it, verified, with its id and payload.");

story.Chapter("An invoice is overdue, and the receiver is down for a moment.");
var overdue = WebhookMessage.CreateEnvelope("invoice.overdue", new Invoice(2, 13.37m, "EUR"), InvoiceJson.Default.Invoice);
result = await sender.SendAsync(overdue, endpoint);
story.Attempts(result);
story.Expect(result.Attempts is [{ StatusCode: 503, IsOverload: true }, { StatusCode: 204 }], "It was refused with 503, tried again, and accepted.");
story.Expect(accepted.Count(id => id == overdue.Id.Value) == 1, "The handler got it once, under the id of both attempts.");

story.Chapter("A stranger who doesn't know the secret claims that invoice 3 is paid.");
var forged = WebhookMessage.CreateEnvelope("invoice.paid", new Invoice(3, 1_000_000m, "EUR"), InvoiceJson.Default.Invoice);
using var guess = SigningSecret.Generate();
var forger = new WebhookEndpoint(url, guess) { RetryPolicy = RetryPolicy.None };
result = await sender.SendAsync(forged, forger);
story.Attempts(result);
story.Expect(result.LastAttempt.StatusCode == 401, "It was refused with 401, without a word about why.");
story.Expect(!accepted.Contains(forged.Id.Value), "The handler never saw it.");

story.Chapter("A customer registers the address of a cloud's metadata service as an endpoint.");
var inside = new WebhookEndpoint(new Uri("http://169.254.169.254/latest/meta-data/"), secret) { RetryPolicy = RetryPolicy.None };
result = await sender.SendAsync(paid, inside);
story.Attempts(result);
story.Expect(result.LastAttempt.Error == WebhookErrorKind.AddressRefused, "The network guard refused to connect to it.");

await app.StopAsync();
Console.WriteLine(story.HappenedAsTold ? "\nEverything happened as told." : "\nSomething did NOT happen as told: see above.");
return story.HappenedAsTold ? 0 : 1;
