using System.Runtime.CompilerServices;

namespace Webhooks;

/// <summary>Waits for what comes about by itself, and fails the test when it doesn't: one that waits for ever would stop
/// all the others.</summary>
internal static class Waiting
{
    private const int Glances = 1000;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public static Task UntilAsync(
        Func<bool> isSo, TimeSpan? patience = null, [CallerArgumentExpression(nameof(isSo))] string? what = null) =>
        UntilAsync(() => Task.FromResult(isSo()), patience, what);

    public static async Task UntilAsync(
        Func<Task<bool>> isSo, TimeSpan? patience = null, [CallerArgumentExpression(nameof(isSo))] string? what = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var look = 0; !await isSo(); look++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < (patience ?? Usual), $"This didn't come about: {what}");
            // What happens in this process is here in no time; the rest isn't to be held up by those who wait for it.
            if (look < Glances)
                await Task.Yield();
            else
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
