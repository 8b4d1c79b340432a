// Webhooks on PostgreSQL, from as many processes as you like. Each copy of "deliver" is a node: start several, kill some,
// and the others take over what they held. The connection string comes from the environment variable WEBHOOKS_DATABASE.
//
//   subscribe URL SECRET [FILTER]   registers an endpoint
//   publish EVENT_TYPE COUNT        publishes messages, and delivers nothing itself
//   deliver                         delivers until it is stopped
//   failed                          lists the deliveries that were given up
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks;
using Worker;

const string Usage = "subscribe URL SECRET [FILTER] | publish EVENT_TYPE COUNT | deliver | failed";

if (Environment.GetEnvironmentVariable("WEBHOOKS_DATABASE") is not { Length: > 0 } database)
{
    await Console.Error.WriteLineAsync("Set WEBHOOKS_DATABASE, such as 'Host=localhost;Database=webhooks;Username=webhooks'.");
    return 2;
}

// Everything else comes from configuration: WEBHOOKS__Network__AllowPrivateNetworks=true lets it deliver to this machine.
var builder = Host.CreateApplicationBuilder();
builder.Services
    .AddWebhookSender(builder.Configuration.GetSection("Webhooks"))
    .UsePostgreSql(database)
    .ConfigureDelivery(delivery => delivery.Enabled = args is ["deliver"]);
using var host = builder.Build();
await host.StartAsync();

var node = new Node(host.Services);
switch (args)
{
    case ["subscribe", var url, var secret, .. var filters]:
        await node.SubscribeAsync(new Uri(url), SigningSecret.Parse(secret), filters);
        break;
    case ["publish", var type, var count]:
        await node.PublishAsync(type, int.Parse(count));
        break;
    case ["deliver"]:
        await host.WaitForShutdownAsync();
        return 0;
    case ["failed"]:
        await node.ListFailedAsync();
        break;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}

await host.StopAsync();
return 0;
