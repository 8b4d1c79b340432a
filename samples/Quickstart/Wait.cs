namespace Quickstart;

internal static class Wait
{
    /// <summary>Looks again and again until something is so, for at most half a minute.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (await isSo())
                return true;
        }
        while (!patience.IsCancellationRequested && await timer.WaitForNextTickAsync());
        return false;
    }
}
