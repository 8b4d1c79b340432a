using System.Text.Json;

namespace Webhooks;

public class ProblemTests
{
    [Fact]
    public async Task All_that_fails_to_prove_its_sender_gets_one_and_the_same_answer()
    {
        await using var receiver = await Receiver.StartAsync(source => source.ApiKeys.Add("key"));
        var requests = new[]
        {
            Some.Webhook(),
            Some.Webhook().With("X-Api-Key", "wrong"),
            Some.Webhook().With("X-Api-Key", "key").Without("webhook-id"),
            Some.Webhook().With("X-Api-Key", "key").Without("webhook-signature").With("webhook-signature", "v1,???"),
            Some.Webhook().With("X-Api-Key", "key").Without("webhook-timestamp").With("webhook-timestamp", "1"),
            Some.Webhook(secret: SigningSecret.Generate()).With("X-Api-Key", "key"),
        };

        var answers = new List<string>();
        foreach (var request in requests)
        {
            using var response = await receiver.SendAsync(request);
            answers.Add($"{response}{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        Assert.StartsWith("StatusCode: 401", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(408)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_answer_is_problem_details_that_no_browser_guesses_at_and_no_cache_keeps(int status)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await Problem.WriteAsync(context, status);

        var problem = JsonDocument.Parse(body.ToArray()).RootElement;
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal((status, "about:blank"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
        Assert.Equal(["type", "status", "title"], problem.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("application/problem+json", body.Length, "nosniff", "no-store"),
            (context.Response.ContentType, context.Response.ContentLength!.Value,
                context.Response.Headers.XContentTypeOptions.ToString(), context.Response.Headers.CacheControl.ToString()));
    }

    [Fact]
    public async Task Every_verdict_but_one_is_a_refusal_with_a_name_of_its_own()
    {
        var verdicts = Enum.GetValues<WebhookVerdict>();

        Assert.Equal(verdicts.Length, verdicts.Select(WebhookVerdicts.NameOf).Distinct().Count());
        Assert.All(verdicts, verdict => Assert.True(WebhookVerdicts.StatusOf(verdict) >= 400));
        Assert.Equal(WebhookVerdict.Verified, Assert.Single(
            Enum.GetValues<VerificationOutcome>().Select(WebhookVerdicts.From), verdict => verdict == WebhookVerdict.Verified));
        Assert.NotEqual(WebhookVerdict.Verified, default);
        await Task.CompletedTask;
    }
}
