using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Node;

/// <summary>A receiving application with an inbox, as a user of the library would write it.</summary>
internal static class ReceiverApplication
{
    public static WebApplication Build(NodeSettings settings, IConfiguration configuration, Handling handling)
    {
        var builder = WebApplication.CreateSlimBuilder();
        NodeLogging.Configure(builder.Logging);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWebhookVerification()
            .AddSource("joined", SignatureSchemes.StandardWebhooks, settings.Secret!)
            .AddSource("plain", SignatureSchemes.StandardWebhooks, settings.Secret!)
            .UseInbox(inbox => UseStore(inbox, settings).Configure(
                options => Set(options, settings, configuration)));

        var app = builder.Build();
        app.UseWebhookVerification();
        app.MapWebhook("/joined", "joined").On("*", handling.JoinAsync);
        app.MapWebhook("/plain", "plain").On("*", handling.HandleAsync);
        return app;
    }

    private static WebhookInboxBuilder UseStore(WebhookInboxBuilder inbox, NodeSettings settings)
        => settings.Sqlite is { } sqlite ? inbox.UseSqlite(sqlite) : inbox.UsePostgreSql(settings.PostgreSql!);

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
