using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

public class RateBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_is_spent_after_its_burst_and_one_comes_back_each_interval()
    {
        var budget = new RateBudget(_time, 3, TimeSpan.FromSeconds(10));

        Assert.Equal(3, SpendAll(budget));
        Assert.Equal(TimeSpan.FromSeconds(10), budget.Wait);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, SpendAll(budget));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, SpendAll(budget));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, SpendAll(budget));
    }

    [Fact]
    public void Debt_does_not_grow()
    {
        var budget = new RateBudget(_time, 3, TimeSpan.FromSeconds(10));

        for (var index = 0; index < 100; index++)
            budget.Spend();

        Assert.Equal(TimeSpan.FromSeconds(10), budget.Wait);
    }

    private static int SpendAll(RateBudget budget)
    {
        var spent = 0;
        for (; !budget.IsSpent; spent++)
            budget.Spend();
        return spent;
    }
}
