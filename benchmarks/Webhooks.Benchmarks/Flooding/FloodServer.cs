using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Benchmarks.Receiving;

namespace Webhooks.Benchmarks.Flooding;

/// <summary>A receiver behind a trusted proxy: with the limit of failures (limited), without (unlimited), or without any
/// verification (bare).</summary>
internal static class FloodServer
{
    private static readonly RequestDelegate Accept = static context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task RunAsync(string variant)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        builder.Services.AddWebhookVerification(options => options.FailureLimit.Enabled = variant == "limited")
            .AddSource("billing", SignatureSchemes.StandardWebhooks, ReceiveServer.Secret);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseWebhookVerification();
        var hook = app.MapPost("/hook", Accept);
        if (variant != "bare")
        {
            hook.RequireWebhookVerification("billing");
        }

        app.MapGet("/spent", (RequestDelegate)(static context => context.Response.WriteAsync(
            Environment.CpuUsage.TotalTime.TotalMicroseconds.ToString(CultureInfo.InvariantCulture))));
        await ServerProcess.RunAsync(app).ConfigureAwait(false);
    }
}
