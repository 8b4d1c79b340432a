// Receives webhooks of several providers, each on a route of its own:
//
//   Webhooks__Sources__standard__Secrets__0=whsec_… \
//       dotnet run --project samples/Receiver -- --urls http://127.0.0.1:5080
//
// A source is protected by the secrets that configuration has for it, Webhooks:Sources:<name>:Secrets:<n>. Any of them
// may have signed, so that secrets can be rotated. A source without secrets has no route.
using Webhooks;

SignatureScheme[] schemes = [.. SignatureSchemes.All, Ed25519SignatureSchemes.StandardWebhooks];

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
var configuration = builder.Configuration.GetSection("Webhooks");
var configured = schemes
    .Where(scheme => configuration.GetSection($"Sources:{scheme.Name}:Secrets").GetChildren().Any())
    .ToArray();
if (configured.Length == 0)
{
    Console.Error.WriteLine($"""
        No source has a secret, so nothing could be received. Give at least one, for instance

            Webhooks__Sources__standard__Secrets__0={SigningSecret.Generate().Reveal()}

        The sources are {string.Join(", ", schemes.Select(scheme => scheme.Name))}.
        """);
    return 1;
}

var verification = builder.Services.AddWebhookVerification(configuration);
foreach (var scheme in configured)
{
    verification.AddSource(scheme.Name, source =>
    {
        source.Scheme = scheme;

        // GitHub and Slack can also send forms, which are verified like any other bytes.
        source.ContentTypes.Add("application/x-www-form-urlencoded");
    });
}

var app = builder.Build();
app.UseWebhookVerification();
foreach (var scheme in configured)
{
    app.MapPost($"/webhooks/{scheme.Name}", Accept).RequireWebhookVerification(scheme.Name);
}

app.Lifetime.ApplicationStarted.Register(() =>
{
    foreach (var scheme in schemes)
    {
        Console.WriteLine(configured.Contains(scheme)
            ? $"POST {app.Urls.First()}/webhooks/{scheme.Name} is open to signed webhooks"
            : $"/webhooks/{scheme.Name} is closed: Webhooks:Sources:{scheme.Name}:Secrets has no secret");
    }
});
await app.RunAsync();
return 0;

// Everything that gets here is verified: the bytes, their sender, and (where the scheme has a timestamp) their age.
static IResult Accept(VerifiedWebhook webhook)
{
    Console.WriteLine($"{webhook.Source} {webhook.Id ?? "-"} {webhook.EventType ?? "-"} {webhook.Body.Length} bytes");
    return Results.NoContent();
}
