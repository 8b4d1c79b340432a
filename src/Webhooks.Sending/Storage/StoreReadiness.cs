using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Makes a store ready before anything of the application starts. A database that is only just starting is waited for;
/// one that can't be used at all keeps the application from starting.
/// </summary>
internal static class StoreReadiness
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(15),
    ];

    /// <summary>Initializes a store, again and again while that may help.</summary>
    /// <exception cref="InvalidOperationException">It can't be made ready.</exception>
    public static async Task EnsureAsync(
        string name, Func<CancellationToken, Task> initialize, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await initialize(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (IsTransient(exception) && attempt <= Pauses.Length)
            {
                logger.StoreIsNotReady(exception, name, attempt, Pauses[attempt - 1]);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException(
                    $"The {name} store for webhooks can't be made ready: {exception.Message}", exception);
            }

            await Task.Delay(Pauses[attempt - 1], time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsTransient(Exception exception)
        => exception is DbException { IsTransient: true } or TimeoutException or IOException;
}
