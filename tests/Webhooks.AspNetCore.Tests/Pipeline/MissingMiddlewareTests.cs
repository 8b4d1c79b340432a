using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Webhooks;

public class MissingMiddlewareTests
{
    public static TheoryData<string> Routes =>
    [
        "/delegate", "/minimal", "/parameter", "/group/minimal", "/attribute", "/mvc/attribute", "/mvc/convention",
    ];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_protected_route_answers_500_and_never_runs_when_the_middleware_is_not_in_the_pipeline(string route)
    {
        await using var receiver = await StartAsync(_ => { });

        using var response = await receiver.SendAsync(Some.Webhook(path: route));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(receiver.Handled);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record is { Id.Id: 508, Level: LogLevel.Critical });
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record is { Id.Id: 507, Level: LogLevel.Critical });
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_protected_route_answers_500_when_the_middleware_comes_before_routing(string route)
    {
        await using var receiver = await StartAsync(app =>
        {
            app.UseWebhookVerification();
            app.UseRouting();
        });

        Assert.Equal(HttpStatusCode.InternalServerError, await receiver.StatusOfAsync(Some.Webhook(path: route)));
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_same_routes_run_for_a_verified_webhook_and_for_no_other(string route)
    {
        await using var receiver = await StartAsync(app => app.UseWebhookVerification());

        var refused = await receiver.StatusOfAsync(Some.Webhook(path: route, secret: SigningSecret.Generate()));
        var handledBefore = receiver.Handled.Count;
        var accepted = await receiver.StatusOfAsync(Some.Webhook(path: route));

        Assert.Equal(HttpStatusCode.Unauthorized, refused);
        Assert.Equal(0, handledBefore);
        Assert.Equal(HttpStatusCode.OK, accepted);
        Assert.Single(receiver.Handled);
    }

    [Fact]
    public async Task A_protected_route_answers_500_when_even_the_services_were_forgotten()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        var ran = false;
        app.MapPost("/hook", () => { ran = true; }).RequireWebhookVerification("billing");
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var response = await app.GetTestClient().SendAsync(Some.Webhook(), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.InternalServerError, false), (response.StatusCode, ran));
    }

    [Fact]
    public async Task A_route_that_turns_up_later_with_an_unknown_source_answers_500()
    {
        var ran = false;
        await using var receiver = await Receiver.StartAsync(map: (app, _) =>
        {
            app.Use((context, next) =>
            {
                context.SetEndpoint(new Endpoint(
                    _ =>
                    {
                        ran = true;
                        return Task.CompletedTask;
                    },
                    new EndpointMetadataCollection(new RequireWebhookVerificationAttribute("nobody")),
                    "late"));
                return next(context);
            });
            app.UseWebhookVerification();
        });

        Assert.Equal(HttpStatusCode.InternalServerError, await receiver.StatusOfAsync(Some.Webhook(path: "/late")));
        Assert.False(ran);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record is { Id.Id: 509, Level: LogLevel.Critical });
    }

    [Fact]
    public async Task A_handler_that_takes_a_webhook_does_not_run_on_a_route_that_is_not_protected()
    {
        await using var receiver = await StartAsync(app => app.UseWebhookVerification());

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.SendAsync(Some.Webhook(path: "/bound")));

        Assert.Contains("RequireWebhookVerification", exception.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.Handled);
    }

    private static Task<Receiver> StartAsync(Action<WebApplication> use) => Receiver.StartAsync(
        map: (app, handler) =>
        {
            use(app);
            Map(app, handler);
        },
        configure: builder =>
        {
            builder.Services.AddControllers().ConfigureApplicationPartManager(manager =>
                manager.FeatureProviders.Add(new OnlyThisController()));
            builder.Services.AddSingleton(new List<Receiver.Handler>());
        });

    private static void Map(WebApplication app, Receiver.Handler handler)
    {
        app.Services.GetRequiredService<List<Receiver.Handler>>().Add(handler);
        app.MapPost("/delegate", (RequestDelegate)(_ =>
        {
            handler.Note([]);
            return Task.CompletedTask;
        })).RequireWebhookVerification("billing");
        app.MapPost("/minimal", () => handler.Note([])).RequireWebhookVerification("BILLING");
        app.MapPost("/parameter", (VerifiedWebhook webhook) => handler.Note(webhook.ToArray())).RequireWebhookVerification("billing");
        app.MapGroup("/group").RequireWebhookVerification("other").MapPost("/minimal", () => handler.Note([]))
            .RequireWebhookVerification("billing");
        app.MapPost("/attribute", [RequireWebhookVerification("billing")] () => handler.Note([]));
        app.MapPost("/bound", (VerifiedWebhook webhook) => handler.Note(webhook.ToArray()));
        app.MapControllers();
        app.MapControllerRoute("convention", "mvc/convention", new { controller = "Hooks", action = "Convention" })
            .RequireWebhookVerification("billing");
    }

    private sealed class OnlyThisController : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) =>
            feature.Controllers.Add(System.Reflection.IntrospectionExtensions.GetTypeInfo(typeof(HooksController)));
    }

    internal sealed class HooksController(List<Receiver.Handler> handlers) : Controller
    {
        [HttpPost("/mvc/attribute")]
        [RequireWebhookVerification("billing")]
        public void Attributed() => handlers[0].Note([]);

        public void Convention() => handlers[0].Note([]);
    }
}
