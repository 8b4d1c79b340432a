using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>One server under test: bare (drains the body), optimal (hashes off the pipe by hand), webhooks, or
/// once (webhooks that drop duplicates).</summary>
internal static class ReceiveServer
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly RequestDelegate Accept = static context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task RunAsync(string variant)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var verifies = variant is "webhooks" or "once";
        if (verifies)
        {
            var verification = builder.Services.AddWebhookVerification()
                .AddSource("billing", SignatureSchemes.StandardWebhooks, Secret);
            if (variant == "once")
                verification.DropDuplicates();
        }

        var app = builder.Build();
        if (verifies)
        {
            app.UseWebhookVerification();
        }

        Map(app, variant);
        app.MapGet("/spent", (RequestDelegate)(static context => context.Response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{GC.GetTotalAllocatedBytes(precise: true)} {Environment.CpuUsage.TotalTime.TotalMicroseconds}"))));
        await ServerProcess.RunAsync(app).ConfigureAwait(false);
    }

    private static void Map(WebApplication app, string variant)
    {
        switch (variant)
        {
            case "bare":
                app.MapPost("/hook", (RequestDelegate)BareEndpoint.DrainAsync);
                break;
            case "optimal":
                app.MapPost("/hook", (RequestDelegate)new OptimalEndpoint(Secret).VerifyAsync);
                break;
            default:
                app.MapPost("/hook", Accept).RequireWebhookVerification("billing");
                break;
        }
    }
}
