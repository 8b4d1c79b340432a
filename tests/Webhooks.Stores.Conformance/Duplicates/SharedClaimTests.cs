namespace Webhooks.Stores;

/// <summary>What one process claims and completes, the others know.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class SharedClaimTests<THarness> : IAsyncLifetime
    where THarness : DuplicateHarness, new()
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Keep = TimeSpan.FromHours(10);

    private WebhookDuplicateStore _other = null!;

    protected THarness Harness { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Harness.StartAsync();
        _other = await Harness.OpenAnotherAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Harness.DisposeAsync();
    }

    [Fact]
    public void It_says_that_others_share_it() => Assert.True(Harness.Store.IsShared);

    [Fact]
    public async Task What_one_holds_or_has_handled_isnt_new_to_the_other()
    {
        var claim = await Harness.Store.ClaimAsync("a", Hold, Cancel);

        var during = await _other.ClaimAsync("a", Hold, Cancel);
        await Harness.Store.CompleteAsync("a", claim.Token, Keep, Cancel);
        var afterwards = await _other.ClaimAsync("a", Hold, Cancel);

        Assert.Equal(
            (DuplicateState.New, DuplicateState.InProgress, DuplicateState.Handled),
            (claim.State, during.State, afterwards.State));
    }

    [Fact]
    public async Task What_one_gave_back_or_lost_is_new_to_the_other()
    {
        var given = await Harness.Store.ClaimAsync("a", Hold, Cancel);
        var lost = await Harness.Store.ClaimAsync("b", Hold, Cancel);
        await Harness.Store.ReleaseAsync("a", given.Token, Cancel);
        await Harness.AdvanceAsync(Hold + TimeSpan.FromMinutes(1));

        Assert.Equal(DuplicateState.New, (await _other.ClaimAsync("a", Hold, Cancel)).State);
        Assert.Equal(DuplicateState.New, (await _other.ClaimAsync("b", Hold, Cancel)).State);
        Assert.False(await Harness.Store.CompleteAsync("b", lost.Token, Keep, Cancel));
    }

    [Fact]
    public async Task Of_claims_by_both_at_once_one_is_new()
    {
        for (var round = 0; round < 50; round++)
        {
            var key = $"round {round}";
            var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(
                async () => await (caller % 2 == 0 ? Harness.Store : _other).ClaimAsync(key, Hold, Cancel), Cancel)));

            Assert.Single(claims, claim => claim.State == DuplicateState.New);
        }
    }
}
