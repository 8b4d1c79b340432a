using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Webhooks;

/// <summary>An application that believes a proxy about where requests come from.</summary>
internal static class BehindProxy
{
    public static void Map(WebApplication app, Receiver.Handler handler)
    {
        app.UseForwardedHeaders();
        app.UseWebhookVerification();
        app.Map("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
    }

    public static void TrustLoopback(WebApplicationBuilder builder) => Trust(builder, IPAddress.Loopback);

    public static void Trust(WebApplicationBuilder builder, IPAddress proxy) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            options.KnownProxies.Add(proxy);
        });

    public static HttpRequestMessage From(this HttpRequestMessage request, string address) =>
        request.With("X-Forwarded-For", address);
}
