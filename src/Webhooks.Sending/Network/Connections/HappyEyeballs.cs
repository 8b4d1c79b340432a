using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>
/// Connects to the first of several addresses that answers (RFC 8305): one attempt after another, each given a quarter
/// of a second, or until it fails, before the next starts beside it. The first to connect wins; what the others open is
/// closed.
/// </summary>
internal sealed class HappyEyeballs(TimeProvider time, Func<IPEndPoint, CancellationToken, Task<Socket>> dialAsync)
{
    public static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    public async Task<Socket> ConnectAsync(IReadOnlyList<IPEndPoint> endPoints, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>(endPoints.Count);
        try
        {
            return await RaceAsync(endPoints, running, race.Token).ConfigureAwait(false);
        }
        finally
        {
            await race.CancelAsync().ConfigureAwait(false);
            foreach (var loser in running)
                _ = CloseAsync(loser);
        }
    }

    private async Task<Socket> RaceAsync(
        IReadOnlyList<IPEndPoint> endPoints, List<Task<Socket>> running, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var next = 0;
        while (next < endPoints.Count || running.Count > 0)
        {
            if (next < endPoints.Count)
                running.Add(dialAsync(endPoints[next++], cancellationToken));

            var patience = next < endPoints.Count ? AttemptDelay : Timeout.InfiniteTimeSpan;
            var first = Task.WhenAny(running);
            await ((Task)first.WaitAsync(patience, time, cancellationToken))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (!first.IsCompleted)
                continue;

            var ended = await first.ConfigureAwait(false);
            running.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                return await ended.ConfigureAwait(false);

            failure = ended.Exception?.InnerException;
        }

        throw failure ?? new SocketException((int)SocketError.HostUnreachable);
    }

    private static async Task CloseAsync(Task<Socket> loser)
    {
        await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loser.IsCompletedSuccessfully)
            (await loser.ConfigureAwait(false)).Dispose();
    }
}
