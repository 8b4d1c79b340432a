namespace Webhooks;

public class MissingThingsTests
{
    private static readonly string[] Needed =
        ["Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature", "X-Api-Key", "Authorization"];

    [Fact]
    public async Task Whatever_is_missing_and_whatever_else_is_missing_with_it_the_handler_does_not_run()
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.ApiKeys.Add("key-4b1c"));
        var answers = new Dictionary<int, int>();

        for (var missing = 0; missing < 1 << Needed.Length; missing++)
            answers[missing] = (int)await receiver.StatusOfAsync(Without(missing));

        // The key was given as the only kind of credential, so the Authorization header may be missing.
        var complete = new[] { 0, 1 << Array.IndexOf(Needed, "Authorization") };
        Assert.All(complete, missing => Assert.Equal(204, answers[missing]));
        Assert.All(answers.Where(answer => !complete.Contains(answer.Key)), answer => Assert.Contains(answer.Value, new[] { 401, 415 }));
        Assert.Equal(complete.Length, receiver.Handled.Count);
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    [InlineData("Content-Type")]
    public async Task A_blank_header_counts_as_missing(string name)
    {
        await using var receiver = await Receiver.StartAsync();
        var request = Some.Webhook().Without(name).With(name, "");

        var status = (int)await receiver.StatusOfAsync(request);

        Assert.Equal(name == "Content-Type" ? 415 : 401, status);
        Assert.Empty(receiver.Handled);
    }

    private static HttpRequestMessage Without(int missing)
    {
        var request = Some.Webhook().With("X-Api-Key", "key-4b1c").With("Authorization", "Bearer irrelevant");
        return Needed.Where((_, index) => (missing & (1 << index)) != 0)
            .Aggregate(request, (left, name) => left.Without(name));
    }
}
