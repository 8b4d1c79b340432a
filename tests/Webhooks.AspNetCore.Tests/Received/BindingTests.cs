using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Webhooks;

/// <summary>The ways in which handlers ask for a body go on working after it was verified.</summary>
public class BindingTests
{
    private const string Body = """{"type":"invoice.paid","number":7}""";

    [Fact]
    public async Task A_route_handler_gets_the_webhook_and_the_bound_body_and_the_form()
    {
        await using var receiver = await StartAsync((app, handler) =>
        {
            app.MapPost("/json", (VerifiedWebhook webhook, Invoice invoice) => $"{webhook.EventType} {invoice.Number}")
                .RequireWebhookVerification("billing");
            app.MapPost("/form", (VerifiedWebhook webhook, IFormCollection form) => $"{form["payload"]} {webhook.Body.Length}")
                .DisableAntiforgery().RequireWebhookVerification("billing");
            app.MapPost("/stream", async (Stream body, HttpContext context) =>
                await new StreamReader(body).ReadToEndAsync() + context.GetVerifiedWebhook().Body.Length)
                .RequireWebhookVerification("billing");
        });

        Assert.Equal("invoice.paid 7", await TextAsync(receiver, Some.Webhook(Encoding.UTF8.GetBytes(Body), "/json")));
        Assert.Equal("a&b 13", await TextAsync(receiver, Form("/form")));
        Assert.Equal(Body + Body.Length, await TextAsync(receiver, Some.Webhook(Encoding.UTF8.GetBytes(Body), "/stream")));
    }

    [Fact]
    public async Task A_controller_gets_the_webhook_and_the_bound_body_and_the_form()
    {
        await using var receiver = await StartAsync((app, _) => app.MapControllers());

        Assert.Equal("invoice.paid 7", await TextAsync(receiver, Some.Webhook(Encoding.UTF8.GetBytes(Body), "/mvc/json")));
        Assert.Equal("a&b 13", await TextAsync(receiver, Form("/mvc/form")));
    }

    private static HttpRequestMessage Form(string path) =>
        Some.Webhook(Encoding.UTF8.GetBytes("payload=a%26b"), path)
            .Without("Content-Type").With("Content-Type", "application/x-www-form-urlencoded");

    private static async Task<string> TextAsync(Receiver receiver, HttpRequestMessage request)
    {
        using var response = await receiver.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Task<Receiver> StartAsync(Action<WebApplication, Receiver.Handler> map) => Receiver.OnKestrelAsync(
        source => source.ContentTypes.Add("application/x-www-form-urlencoded"),
        (app, handler) =>
        {
            app.UseWebhookVerification();
            map(app, handler);
        },
        builder => builder.Services.AddControllers()
            .ConfigureApplicationPartManager(manager => manager.FeatureProviders.Add(new OnlyThisController())));

    internal sealed record Invoice(int Number);

    private sealed class OnlyThisController : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) =>
            feature.Controllers.Add(System.Reflection.IntrospectionExtensions.GetTypeInfo(typeof(InvoicesController)));
    }

    [ApiController]
    [RequireWebhookVerification("billing")]
    internal sealed class InvoicesController : ControllerBase
    {
        [HttpPost("/mvc/json")]
        public ContentResult Json(VerifiedWebhook webhook, [FromBody] Invoice invoice) =>
            Content($"{webhook.EventType} {invoice.Number}");

        [HttpPost("/mvc/form")]
        public ContentResult Form(VerifiedWebhook webhook, [FromForm] string payload) =>
            Content($"{payload} {webhook.Body.Length}");
    }
}
