namespace Webhooks.Node;

/// <summary>Callers that publish one after the other until they are stopped, or killed.</summary>
internal sealed class Load
{
    private const int Size = 300;

    private readonly Task _writers;
    private volatile bool _stopping;

    private Load(Publications publications, int seed, int writers, int pause, string mix)
        => _writers = Task.WhenAll(Enumerable.Range(0, writers).Select(
            number => Task.Run(() => WriteAsync(publications, new Random(seed + number), pause, mix))));

    /// <param name="publications">What to publish through.</param>
    /// <param name="seed">What the writers' choices follow from.</param>
    /// <param name="writers">How many publish at once.</param>
    /// <param name="pause">How many milliseconds each of them waits between messages, on average.</param>
    /// <param name="mix">plain: single messages; mixed: batches and transactions too, some of them rolled back.</param>
    public static Load Start(Publications publications, int seed, int writers, int pause, string mix)
        => new(publications, seed, writers, pause, mix);

    public Task StopAsync()
    {
        _stopping = true;
        return _writers;
    }

    private async Task WriteAsync(Publications publications, Random random, int pause, string mix)
    {
        while (!_stopping)
        {
            await (mix == "plain" ? publications.SingleAsync(Size) : MixedAsync(publications, random));
            if (pause > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2 * pause)), TimeProvider.System);
        }
    }

    private static Task MixedAsync(Publications publications, Random random) => random.Next(10) switch
    {
        < 5 => publications.SingleAsync(Size),
        < 6 => publications.BatchAsync(5, Size),
        < 8 => publications.CommittedAsync(Size),
        _ => publications.RolledBackAsync(Size),
    };
}
