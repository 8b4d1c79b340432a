namespace Webhooks.Tests;

internal static class Waiting
{
    /// <summary>Gives way until something has come about, or fails when it doesn't.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(The.Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
