// Durable webhooks in one file, over real HTTP on loopback: a sender that keeps what it publishes in SQLite, and a
// receiver in a process of its own that is killed and comes back. Exits 0 only if everything happened as told.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Quickstart;
using Webhooks;

if (args is ["receiver"])
{
    await ReceiverApplication.RunAsync(
        Environment.GetEnvironmentVariable("RECEIVER_URL")!, Environment.GetEnvironmentVariable("RECEIVER_SECRET")!);
    return 0;
}

var story = new Story(Console.Out);
var accepted = new ConcurrentQueue<string>();
using var secret = SigningSecret.Generate();
var url = $"http://127.0.0.1:{FreePort()}";
var folder = Directory.CreateTempSubdirectory("quickstart-");
var database = Path.Combine(folder.FullName, "webhooks.db");

// The sender. Webhooks never go to private addresses unless that is allowed, as it has to be here.
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services
    .AddWebhookSender(options => options.Network.AllowPrivateNetworks = true)
    .UseSqlite($"Data Source={database}")
    .ConfigureDelivery(delivery => delivery.CircuitPause = TimeSpan.FromMilliseconds(500));
var host = builder.Build();
await host.StartAsync();
var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
var endpoints = host.Services.GetRequiredService<IWebhookEndpoints>();
var deliveries = host.Services.GetRequiredService<IWebhookDeliveries>();

story.Chapter("A customer subscribes to everything about invoices.");
var receiver = await ReceiverProcess.StartAsync(url, secret.Reveal(), story, accepted);
var endpoint = await endpoints.CreateAsync(new WebhookEndpoint(new Uri(url + "/hooks/billing"), secret)
{
    EventTypes = ["invoice.*"],
    RetryPolicy = RetryPolicy.Fixed(TimeSpan.FromMilliseconds(500), maxAttempts: 100),
});
story.Tell("sender", $"endpoint {endpoint.Id} gets invoice.* at {url}, which accepts nothing unsigned");

story.Chapter("An invoice is paid.");
var first = await PublishAsync("invoice.paid", new Invoice(1, 42.00m, "EUR"));
story.Expect(await ArrivedAsync(first), "It was delivered.");
var unwanted = await publisher.PublishAsync(
    WebhookMessage.CreateEnvelope("customer.created", new Invoice(0, 0, "EUR"), InvoiceJson.Default.Invoice));
story.Expect(unwanted.DeliveryCount == 0, "A message about customers is kept, and goes to nobody.");

story.Chapter("The receiver is killed, and three invoices become overdue.");
await receiver.DisposeAsync();
var overdue = new List<string>();
for (var number = 2; number <= 4; number++)
    overdue.Add(await PublishAsync("invoice.overdue", new Invoice(number, 13.37m * number, "EUR")));
var attempts = await FailedAttemptsAsync(overdue[0], count: 2);
foreach (var attempt in attempts)
    story.Tell("sender", $"invoice 2, {attempt}");
story.Expect(attempts.All(attempt => !attempt.Succeeded), "Nobody listens, so they wait in the file and are tried again.");

story.Chapter("The receiver comes back.");
receiver = await ReceiverProcess.StartAsync(url, secret.Reveal(), story, accepted);
foreach (var id in overdue)
    story.Expect(await ArrivedAsync(id), $"Message {id} was delivered.");

story.Chapter("The customer lost invoice 1, and asks for it again.");
await deliveries.RedeliverAsync(MessageId.Parse(first), endpoint.Id);
story.Expect(await ArrivedAsync(first, times: 2), "It was delivered again, under the same id.");

story.Chapter("A stranger who doesn't know the secret claims that invoice 5 is paid.");
using var guess = SigningSecret.Generate();
var forger = new WebhookEndpoint(endpoint.Endpoint.Url, guess) { RetryPolicy = RetryPolicy.None };
var forged = WebhookMessage.CreateEnvelope("invoice.paid", new Invoice(5, 1_000_000m, "EUR"), InvoiceJson.Default.Invoice);
var result = await host.Services.GetRequiredService<IWebhookSender>().SendAsync(forged, forger);
story.Tell("sender", result.LastAttempt.ToString());
story.Expect(result.LastAttempt.StatusCode == 401, "It was refused, without a word about why.");

story.Chapter("Another customer registers the address of a cloud's metadata service.");
try
{
    await endpoints.CreateAsync(new WebhookEndpoint(new Uri("http://169.254.169.254/latest/meta-data/"), secret));
    story.Expect(false, "The endpoint was refused.");
}
catch (ArgumentException exception)
{
    story.Tell("sender", exception.Message);
    story.Expect(true, "The network guard refused the endpoint.");
}

await receiver.DisposeAsync();
await host.StopAsync();
host.Dispose();
folder.Delete(recursive: true);
Console.WriteLine(story.HappenedAsTold ? "\nEverything happened as told." : "\nSomething did NOT happen as told: see above.");
return story.HappenedAsTold ? 0 : 1;

async Task<string> PublishAsync(string type, Invoice invoice)
{
    var message = WebhookMessage.CreateEnvelope(type, invoice, InvoiceJson.Default.Invoice);
    var published = await publisher.PublishAsync(message);
    story.Tell("sender", $"published {type} for invoice {invoice.Number} as {published.MessageId}, {published.DeliveryCount} delivery");
    return published.MessageId.Value;
}

async Task<bool> ArrivedAsync(string id, int times = 1)
    => await Wait.UntilAsync(() => Task.FromResult(accepted.Count(got => got == id) >= times));

async Task<IReadOnlyList<AttemptRecord>> FailedAttemptsAsync(string id, int count)
{
    IReadOnlyList<AttemptRecord> found = [];
    await Wait.UntilAsync(async () =>
    {
        found = await deliveries.GetAttemptsAsync(MessageId.Parse(id), endpoint.Id);
        return found.Count >= count;
    });
    return found;
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
