using System.Net;

namespace Webhooks;

public class PathPrefixTests
{
    private static readonly SigningSecret Code = SigningSecret.Generate();

    [Theory]
    [InlineData("/webhooks", true)]
    [InlineData("/webhooks/billing", true)]
    [InlineData("/WebHooks/a/b/c", true)]
    [InlineData("/webhooks/", true)]
    [InlineData("/webhooksandmore", false)]
    [InlineData("/", false)]
    public async Task Everything_below_the_prefix_is_protected_and_nothing_else(string path, bool isProtected)
    {
        await using var receiver = await StartAsync(app => app.UseWebhookVerification());

        var signed = await receiver.StatusOfAsync(Some.Webhook(path: path));
        var forged = await receiver.StatusOfAsync(Some.Webhook(path: path, secret: SigningSecret.Generate()));

        Assert.Equal(HttpStatusCode.NoContent, signed);
        Assert.Equal(isProtected ? HttpStatusCode.Unauthorized : HttpStatusCode.NoContent, forged);
    }

    [Fact]
    public async Task The_longest_prefix_decides()
    {
        await using var receiver = await StartAsync(app => app.UseWebhookVerification());

        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook(path: "/webhooks/code", secret: Code)));
        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusOfAsync(Some.Webhook(path: "/webhooks/code")));
    }

    [Fact]
    public async Task A_path_base_or_a_branch_does_not_open_what_the_prefix_closes()
    {
        await using var receiver = await StartAsync(app => app.Map("/webhooks", branch =>
        {
            branch.UseWebhookVerification();
            branch.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return Task.CompletedTask;
            });
        }));

        Assert.Equal(HttpStatusCode.Accepted, await receiver.StatusOfAsync(Some.Webhook(path: "/webhooks/billing")));
        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusOfAsync(
            Some.Webhook(path: "/webhooks/billing", secret: Code)));
    }

    [Fact]
    public async Task The_middleware_may_stand_in_the_pipeline_twice()
    {
        await using var receiver = await StartAsync(app =>
        {
            app.UseWebhookVerification();
            app.UseWebhookVerification();
        });

        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook(path: "/webhooks/billing")));
        Assert.Single(receiver.Handled);
    }

    private static Task<Receiver> StartAsync(Action<WebApplication> use) => Receiver.StartAsync(
        sources: builder => builder
            .AddSource("billing", source =>
            {
                source.Secrets.Add(The.SecretText);
                source.PathPrefix = "/webhooks";
            })
            .AddSource("code", source =>
            {
                source.Secrets.Add(Code.Reveal());
                source.PathPrefix = "/webhooks/code/";
            }),
        map: (app, handler) =>
        {
            use(app);
            app.Run(handler.ReadStreamAsync);
        });
}
