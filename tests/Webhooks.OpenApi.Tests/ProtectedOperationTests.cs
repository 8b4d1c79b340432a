namespace Webhooks;

public class ProtectedOperationTests
{
    [Fact]
    public async Task A_protected_handler_of_the_application_gains_headers_and_refusals()
    {
        var document = await Described.ByAsync(app => app.MapPost("/own", (VerifiedWebhook webhook) => Results.Ok())
            .RequireWebhookVerification("billing"));

        var operation = document.At("paths", "/own", "post");
        Assert.Equal(["webhook-id!", "webhook-timestamp!", "webhook-signature!"], operation.Headers());
        Assert.Equal(
            ["200", "400", "401", "408", "413", "415", "429", "503"], operation.At("responses").Names().Order());
    }

    [Fact]
    public async Task Credentials_addresses_and_limits_are_shown_and_never_a_secret()
    {
        var document = await Described.ByAsync(app => app.MapPost("/own", () => Results.Ok())
            .RequireWebhookVerification("guarded"));

        var operation = document.At("paths", "/own", "post");
        Assert.Equal(["X-GitHub-Delivery", "X-GitHub-Event", "X-Hub-Signature-256!"], operation.Headers().Order());
        Assert.Contains("403", operation.At("responses").Names());
        Assert.Contains("1234", operation.At("responses", "413", "description").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["webhooks-guarded-api-key", "webhooks-guarded-bearer"],
            document.At("components", "securitySchemes").Names().Order());
        Assert.Equal(2, operation.At("security").GetArrayLength());
        Assert.DoesNotContain("secret of guarded", document.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_the_application_describes_stays()
    {
        var document = await Described.ByAsync(app => app.MapPost("/own", () => Results.Ok())
            .ProducesProblem(StatusCodes.Status400BadRequest, "application/vnd.own+json")
            .RequireWebhookVerification("billing"));

        var answer = document.At("paths", "/own", "post", "responses", "400");
        Assert.Equal(["application/vnd.own+json"], answer.At("content").Names());
    }

    [Fact]
    public async Task A_handshake_that_the_protection_adds_is_told_from_the_handler()
    {
        var document = await Described.ByAsync(app => app.MapPost("/own", () => Results.Ok())
            .RequireWebhookVerification("meta"));

        var path = document.At("paths", "/own");
        Assert.Equal("Answers the handshake of 'meta'.", path.At("get", "summary").GetString());
        Assert.Equal(["200", "401"], path.At("get", "responses").Names().Order());
        Assert.Contains("X-Hub-Signature-256!", path.At("post").Headers());
    }

    [Fact]
    public async Task Routes_that_are_not_protected_stay_as_they_are()
    {
        var document = await Described.ByAsync(app => app.MapPost("/open", () => Results.Ok()));

        Assert.Equal(["200"], document.At("paths", "/open", "post", "responses").Names());
        Assert.False(document.At("paths", "/open", "post").TryGetProperty("parameters", out _));
    }
}
