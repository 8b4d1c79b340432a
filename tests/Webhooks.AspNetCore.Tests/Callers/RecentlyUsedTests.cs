namespace Webhooks;

public class RecentlyUsedTests
{
    [Fact]
    public void What_is_used_stays_however_much_else_comes()
    {
        var memory = new RecentlyUsed<int, string>(10);
        memory.Set(-1, "used");

        for (var index = 0; index < 1000; index++)
        {
            memory.Set(index, "new");
            Assert.True(memory.TryGet(-1, out _));
        }
    }

    [Fact]
    public void What_is_not_used_goes_and_no_more_is_held_than_twice_the_capacity()
    {
        var memory = new RecentlyUsed<int, int>(10);

        for (var index = 0; index < 1000; index++)
            memory.Set(index, index);
        var held = Enumerable.Range(0, 1000).Where(index => memory.TryGet(index, out _)).ToList();

        Assert.InRange(held.Count, 10, 20);
        Assert.All(held, index => Assert.InRange(index, 980, 999));
    }

    [Fact]
    public void What_is_set_again_or_removed_shows_no_older_value()
    {
        var memory = new RecentlyUsed<string, int>(2);
        memory.Set("a", 1);
        memory.Set("b", 1);

        memory.Set("a", 2);
        memory.Remove("b");

        Assert.True(memory.TryGet("a", out var value));
        Assert.Equal(2, value);
        Assert.False(memory.TryGet("b", out _));
    }

    [Fact]
    public void One_value_is_made_for_a_key_while_it_is_held()
    {
        var memory = new RecentlyUsed<int, object>(10);

        var made = Enumerable.Range(0, 5).Select(_ => memory.GetOrAdd(1, _ => new object())).ToList();

        Assert.Single(made.Distinct());
    }
}
