using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Webhooks.Support;

namespace Webhooks.Registration;

/// <summary>The schema is deployed by hand, and the application's role may only use it.</summary>
public sealed class RestrictedRoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_whose_role_may_create_nothing_publishes_and_delivers()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        var role = await ApplicationRole.CreateAsync(database);
        await ApplicationRole.DeployAsync(database);
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await ReceiveAsync(arrived);
        await using var source = NpgsqlDataSource.Create(role);
        using var host = Build(source);

        await host.StartAsync(Cancel);
        var endpoint = new WebhookEndpoint(new Uri(receiver.Urls.First()), SigningSecret.Generate());
        await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(endpoint, Cancel);
        var published = await PublishInTransactionAsync(host, source);

        Assert.Equal(published.MessageId.Value, await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        await host.StopAsync(Cancel);
    }

    private static IHost Build(NpgsqlDataSource source)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services
            .AddWebhookSender(options =>
            {
                options.Network.AllowHttp = true;
                options.Network.AllowPrivateNetworks = true;
                options.Network.AllowedNetworks.Add("127.0.0.0/8");
                options.Network.AllowedPorts.Add("1-65535");
            })
            .UsePostgreSql(source, options => options.CreateSchema = false);
        return builder.Build();
    }

    private static async Task<WebApplication> ReceiveAsync(TaskCompletionSource<string> arrived)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = builder.Build();
        receiver.Run(context =>
        {
            arrived.TrySetResult(context.Request.Headers["webhook-id"].ToString());
            return context.Response.CompleteAsync();
        });
        await receiver.StartAsync(Cancel);
        return receiver;
    }

    private static async Task<PublishResult> PublishInTransactionAsync(IHost host, NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var message = WebhookMessage.Create("invoice.paid", "{}"u8.ToArray()) with
        {
            IdempotencyKey = "i",
            OrderingKey = "o",
        };
        var published = await host.Services.GetRequiredService<IWebhookPublisher>()
            .PublishAsync(message, transaction, Cancel);
        await transaction.CommitAsync(Cancel);
        return published;
    }
}
