using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Hears when another node has brought work or changed an endpoint, on a connection of its own.</summary>
internal sealed class Listener(
    NpgsqlDataSource source, string channel, TimeProvider time, Random random, ILogger logger)
{
    // A connection that is lost without a word is found at the latest then; the dispatcher looks by itself anyway.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public async Task ListenAsync(Action wake, CancellationToken cancellationToken)
    {
        var pause = ShortestPause;
        while (true)
        {
            try
            {
                await ListenOnceAsync(
                    () =>
                    {
                        pause = ShortestPause;
                        wake();
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.ListeningBrokeOff(exception, channel, pause);
            }

            // Many nodes lose the server at the same moment, and needn't come back at the same one.
            await Task.Delay(pause * (0.5 + (random.NextDouble() / 2)), time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ListenOnceAsync(Action wake, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, notification) =>
            {
                if (notification.Channel == channel)
                    wake();
            };
            var listen = Database.Plain(connection).Add($"LISTEN \"{channel}\"");
            await using (listen.ConfigureAwait(false))
                await listen.RunAsync(cancellationToken).ConfigureAwait(false);
            logger.Listening(channel);
            // Whatever happened while nobody listened.
            wake();
            while (true)
            {
                if (!await connection.WaitAsync(KeepAlive, cancellationToken).ConfigureAwait(false))
                    await ProbeAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var probe = Database.Plain(connection).Add("SELECT 1");
        await using (probe.ConfigureAwait(false))
            await probe.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
