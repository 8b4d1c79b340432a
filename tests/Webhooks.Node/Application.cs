using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Node;

/// <summary>The application as a user of the library would write it.</summary>
internal static class Application
{
    public static IHost Build(NodeSettings settings, IConfiguration configuration, TimeProvider time, string role)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        NodeLogging.Configure(builder.Logging);
        builder.Services.AddSingleton(time);
        var webhooks = builder.Services.AddWebhookSender(configuration, options =>
        {
            options.UserAgent = settings.Name;
            options.Network.AllowPrivateNetworks = true;
            if (settings.Throws)
                options.RetryPolicy = new ThrowingPolicy();
        });
        if (settings.Throws)
            builder.Services.AddSingleton<IWebhookEndpointObserver, ThrowingObserver>();
        webhooks.ConfigureDelivery(delivery => delivery.Enabled = role != "publisher");
        _ = settings.Sqlite is { } sqlite
            ? webhooks.UseSqlite(options =>
            {
                options.ConnectionString = sqlite;
                options.LockTimeout = settings.LockTimeout ?? options.LockTimeout;
            })
            : webhooks.UsePostgreSql(settings.PostgreSql!);
        return builder.Build();
    }
}
