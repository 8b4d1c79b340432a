// Receives webhooks of any provider, set up by configuration alone:
//
//   Webhooks__Sources__shop__Provider=shopify Webhooks__Sources__shop__Secrets__0=… \
//       dotnet run --project samples/Receiver -- --urls http://127.0.0.1:5080
//
// Each source has a route named after it (/hooks/shop), which takes what is signed with any of its secrets, so that
// secrets can be rotated, and answers the provider's handshake. docs/providers.md lists the providers; other settings
// are the properties of WebhookSourceOptions, such as PublicUrl for providers that sign the URL.
using Microsoft.Extensions.Options;
using Webhooks;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
var configuration = builder.Configuration.GetSection("Webhooks");
var sources = configuration.GetSection("Sources").GetChildren().Select(source => source.Key).ToArray();
if (sources.Length == 0)
{
    Console.Error.WriteLine($"""
        There is no source, so nothing could be received. Give at least one, for instance

            Webhooks__Sources__orders__Provider=standard
            Webhooks__Sources__orders__Secrets__0={SigningSecret.Generate().Reveal()}

        The providers are {string.Join(", ", WebhookProviders.All.Select(provider => provider.Name))}.
        """);
    return 1;
}

// Discord and Standard Webhooks v1a sign with ed25519, which comes with a package of its own.
builder.Services.AddWebhookVerification(configuration).AddSchemes(Ed25519SignatureSchemes.All);

var app = builder.Build();
app.UseWebhookVerification();
foreach (var source in sources)
    app.MapWebhook($"/hooks/{source}", source).On("*", Tell);

app.Lifetime.ApplicationStarted.Register(() =>
{
    foreach (var source in sources)
        Console.WriteLine($"POST {app.Urls.First()}/hooks/{source} is open to signed webhooks");
});

try
{
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, exception.Failures));
    return 1;
}

// Everything that gets here is verified: the bytes, their sender, and (where the scheme has a timestamp) their age.
static Task Tell(WebhookEvent webhook, CancellationToken cancellationToken)
{
    Console.WriteLine($"{webhook.Source} {webhook.Id ?? "-"} {webhook.EventType ?? "-"} {webhook.Body.Length} bytes");
    return Task.CompletedTask;
}
