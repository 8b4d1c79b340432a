using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Node;

/// <summary>A receiving application, with an inbox or without one, as a user of the library would write it.</summary>
internal static class ReceiverApplication
{
    public static WebApplication Build(NodeSettings settings, IConfiguration configuration, Handling handling)
    {
        var builder = WebApplication.CreateSlimBuilder();
        NodeLogging.Configure(builder.Logging);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var verification = builder.Services.AddWebhookVerification();
        if (settings.HoldFor is { } hold)
            AddOnce(verification, settings, hold);
        else
            AddInbox(verification, settings, configuration);

        var app = builder.Build();
        app.UseWebhookVerification();
        if (settings.HoldFor is not null)
        {
            app.MapWebhook("/once", "once").On("*", handling.HandleAsync);
            return app;
        }

        app.MapWebhook("/joined", "joined").On("*", handling.JoinAsync);
        app.MapWebhook("/plain", "plain").On("*", handling.HandleAsync);
        return app;
    }

    private static void AddInbox(
        WebhookVerificationBuilder verification, NodeSettings settings, IConfiguration configuration) => verification
        .AddSource("joined", SignatureSchemes.StandardWebhooks, settings.Secret!)
        .AddSource("plain", SignatureSchemes.StandardWebhooks, settings.Secret!)
        .UseInbox(inbox => UseStore(inbox, settings).Configure(
            options => Set(options, settings, configuration)));

    private static void AddOnce(WebhookVerificationBuilder verification, NodeSettings settings, TimeSpan hold)
        => verification.AddSource("once", SignatureSchemes.StandardWebhooks, settings.Secret!)
            .DropDuplicates(once => UseStore(once, settings).Configure(options => options.HoldFor = hold));

    private static WebhookInboxBuilder UseStore(WebhookInboxBuilder inbox, NodeSettings settings)
        => settings.Sqlite is { } sqlite ? inbox.UseSqlite(sqlite) : inbox.UsePostgreSql(settings.PostgreSql!);

    private static WebhookDuplicatesBuilder UseStore(WebhookDuplicatesBuilder once, NodeSettings settings)
        => settings.Sqlite is { } sqlite ? once.UseSqlite(sqlite) : once.UsePostgreSql(settings.PostgreSql!);

    private static void Set(WebhookInboxOptions options, NodeSettings settings, IConfiguration configuration)
    {
        // An SQLite file has one writer: more handlers would only wait for one another, and the store for them.
        if (settings.Sqlite is not null)
            options.SourceConcurrency = 2;
        options.LeaseDuration = configuration.GetValue<TimeSpan>("Delivery:LeaseDuration");
        options.RetryPolicy = RetryPolicy.Fixed(
            configuration.GetValue<TimeSpan>("Retry:BaseDelay"), configuration.GetValue<int>("Retry:MaxAttempts"));
    }
}
