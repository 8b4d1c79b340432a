namespace Webhooks.Stores;

/// <summary>Of all who claim a webhook one gets it, until it is given back or its claim runs out.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class ClaimTests<THarness> : IAsyncLifetime
    where THarness : DuplicateHarness, new()
{
    protected static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);
    protected static readonly TimeSpan Keep = TimeSpan.FromHours(10);

    // Of a clock that can't be stopped, so that nothing that is to hold still runs out in between.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    protected THarness Harness { get; } = new();

    protected WebhookDuplicateStore Store => Harness.Store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Harness.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Harness.DisposeAsync();
    }

    [Fact]
    public async Task The_first_claim_of_a_key_is_new_and_others_meanwhile_are_not()
    {
        var first = await ClaimAsync("a");
        var second = await ClaimAsync("a");

        Assert.Equal(DuplicateState.New, first.State);
        Assert.Equal(new DuplicateClaim(DuplicateState.InProgress, 0), second);
    }

    [Fact]
    public async Task What_was_completed_is_known_as_handled_for_its_time_and_then_forgotten()
    {
        var claim = await ClaimAsync("a");

        Assert.True(await CompleteAsync("a", claim));
        await Harness.AdvanceAsync(Keep - Slack);
        var within = await ClaimAsync("a");
        await Harness.AdvanceAsync(Slack * 2);
        var after = await ClaimAsync("a");

        Assert.Equal(new DuplicateClaim(DuplicateState.Handled, 0), within);
        Assert.Equal(DuplicateState.New, after.State);
        Assert.NotEqual(claim.Token, after.Token);
    }

    [Fact]
    public async Task What_was_released_is_new_to_the_next()
    {
        var first = await ClaimAsync("a");

        await ReleaseAsync("a", first);
        var second = await ClaimAsync("a");
        var third = await ClaimAsync("a");

        Assert.Equal((DuplicateState.New, DuplicateState.InProgress), (second.State, third.State));
        Assert.NotEqual(first.Token, second.Token);
    }

    [Fact]
    public async Task A_claim_that_ran_out_is_anybodys_and_its_first_holder_can_end_it_no_more()
    {
        var first = await ClaimAsync("a");
        await Harness.AdvanceAsync(Hold + Slack);

        var second = await ClaimAsync("a");
        await ReleaseAsync("a", first);
        var renewed = await RenewAsync("a", first);
        var completed = await CompleteAsync("a", first);
        var third = await ClaimAsync("a");

        Assert.Equal((DuplicateState.New, DuplicateState.InProgress), (second.State, third.State));
        Assert.Equal((false, false), (renewed, completed));
        Assert.True(await CompleteAsync("a", second));
    }

    [Fact]
    public async Task A_claim_that_ran_out_can_be_completed_while_nobody_else_has_claimed()
    {
        var claim = await ClaimAsync("a");
        await Harness.AdvanceAsync(Hold + Slack);

        var completed = await CompleteAsync("a", claim);

        Assert.True(completed);
        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("a")).State);
    }

    [Fact]
    public async Task A_claim_that_ran_out_and_was_purged_can_be_completed_while_nobody_else_has_claimed()
    {
        var claim = await ClaimAsync("a");
        await Harness.AdvanceAsync(Hold + Slack);
        await Store.PurgeAsync(100, Cancel);

        var completed = await CompleteAsync("a", claim);

        Assert.True(completed);
        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("a")).State);
    }

    [Fact]
    public async Task A_renewed_claim_holds_from_then_on()
    {
        var claim = await ClaimAsync("a");
        await Harness.AdvanceAsync(Hold - Slack);

        var renewed = await RenewAsync("a", claim);
        await Harness.AdvanceAsync(Hold - Slack);
        var within = await ClaimAsync("a");
        await Harness.AdvanceAsync(Slack * 2);
        var after = await ClaimAsync("a");

        Assert.True(renewed);
        Assert.Equal((DuplicateState.InProgress, DuplicateState.New), (within.State, after.State));
    }

    [Fact]
    public async Task What_was_released_or_completed_cant_be_renewed()
    {
        var (released, completed) = (await ClaimAsync("a"), await ClaimAsync("b"));
        await ReleaseAsync("a", released);
        await CompleteAsync("b", completed);

        Assert.False(await RenewAsync("a", released));
        Assert.False(await RenewAsync("b", completed));
    }

    [Fact]
    public async Task What_was_completed_stays_so_when_it_is_released_too()
    {
        var claim = await ClaimAsync("a");
        await CompleteAsync("a", claim);

        await ReleaseAsync("a", claim);

        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("a")).State);
    }

    [Fact]
    public async Task Completing_again_does_no_harm()
    {
        var claim = await ClaimAsync("a");
        await CompleteAsync("a", claim);

        Assert.True(await CompleteAsync("a", claim));
        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("a")).State);
    }

    [Fact]
    public async Task Keys_are_told_apart_whatever_they_are_made_of()
    {
        string[] keys =
        [
            "", " ", "a", "A", "a ", "a\0", "a\0b", "\0", "%", "_", "'", "\"", "\ud800", "\udbff", "é", "e\u0301", "ß", "ss", "😀",
            "billing:id:msg_1", "billing:id:msg_1:", new('x', 400), $"{new string('x', 399)}y", new('é', 400),
        ];

        var claims = new List<DuplicateClaim>();
        foreach (var key in keys)
            claims.Add(await ClaimAsync(key));
        for (var i = 0; i < keys.Length; i += 2)
            Assert.True(await CompleteAsync(keys[i], claims[i]));

        Assert.All(claims, claim => Assert.Equal(DuplicateState.New, claim.State));
        for (var i = 0; i < keys.Length; i++)
        {
            var expected = i % 2 == 0 ? DuplicateState.Handled : DuplicateState.InProgress;
            Assert.Equal(expected, (await ClaimAsync(keys[i])).State);
        }
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_is_new()
    {
        const int callers = 16;
        for (var round = 0; round < 20; round++)
        {
            var key = $"round {round}";
            var claims = await Task.WhenAll(Enumerable.Range(0, callers)
                .Select(_ => Task.Run(async () => await ClaimAsync(key), Cancel)));

            Assert.Single(claims, claim => claim.State == DuplicateState.New);
            Assert.Equal(callers - 1, claims.Count(claim => claim.State == DuplicateState.InProgress));
        }
    }

    [Fact]
    public async Task Purging_deletes_what_ran_out_and_nothing_else()
    {
        for (var i = 0; i < 5; i++)
            await ClaimAsync($"dead {i}");
        for (var i = 0; i < 5; i++)
            await CompleteAsync($"old {i}", await ClaimAsync($"old {i}"), Hold);
        await Harness.AdvanceAsync(Hold + Slack);
        await CompleteAsync("handled", await ClaimAsync("handled"));
        var held = await ClaimAsync("held");

        var deleted = new List<int>();
        do
            deleted.Add(await Store.PurgeAsync(4, Cancel));
        while (deleted[^1] == 4);

        Assert.True(deleted.Sum() is 0 or 10, string.Join(", ", deleted));
        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("handled")).State);
        Assert.Equal(DuplicateState.InProgress, (await ClaimAsync("held")).State);
        Assert.True(await RenewAsync("held", held));
        Assert.Equal(DuplicateState.New, (await ClaimAsync("old 0")).State);
    }

    [Fact]
    public async Task Initialising_again_forgets_nothing()
    {
        await CompleteAsync("a", await ClaimAsync("a"));

        await Store.InitializeAsync(Cancel);

        Assert.Equal(DuplicateState.Handled, (await ClaimAsync("a")).State);
    }

    [Fact]
    public async Task Times_that_are_no_times_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ClaimAsync("a", TimeSpan.Zero, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.RenewAsync("a", 1, TimeSpan.Zero, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.CompleteAsync("a", 1, TimeSpan.Zero, Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.ClaimAsync(null!, Hold, Cancel));
    }

    protected ValueTask<DuplicateClaim> ClaimAsync(string key) => Store.ClaimAsync(key, Hold, Cancel);

    protected ValueTask<bool> RenewAsync(string key, DuplicateClaim claim)
        => Store.RenewAsync(key, claim.Token, Hold, Cancel);

    protected ValueTask<bool> CompleteAsync(string key, DuplicateClaim claim, TimeSpan? keep = null)
        => Store.CompleteAsync(key, claim.Token, keep ?? Keep, Cancel);

    protected ValueTask ReleaseAsync(string key, DuplicateClaim claim) => Store.ReleaseAsync(key, claim.Token, Cancel);
}
