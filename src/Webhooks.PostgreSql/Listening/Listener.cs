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
        var outage = new Outage();
        while (true)
        {
            try
            {
                await ListenOnceAsync(wake, outage, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Tell(exception, outage);
            }

            // Many nodes lose the server at the same moment, and needn't come back at the same one.
            var pause = outage.Pause * (0.5 + (random.NextDouble() / 2));
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            outage.Pause = outage.Pause * 2 < LongestPause ? outage.Pause * 2 : LongestPause;
        }
    }

    // Once for an outage, however often it is tried to connect meanwhile.
    private void Tell(Exception exception, Outage outage)
    {
        if (outage.IsTold)
            logger.StillNotListening(exception, channel, outage.Pause);
        else
            logger.ListeningBrokeOff(exception, channel, outage.Pause);
        outage.IsTold = true;
    }

    private async Task ListenOnceAsync(Action wake, Outage outage, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, notification) =>
            {
                if (notification.Channel != channel)
                    return;
                outage.Pause = ShortestPause;
                wake();
            };
            var listen = Database.Plain(connection).Add($"LISTEN \"{channel}\"");
            await using (listen.ConfigureAwait(false))
                await listen.RunAsync(cancellationToken).ConfigureAwait(false);
            logger.Listening(channel);
            outage.IsTold = false;
            // Whatever happened while nobody listened.
            wake();
            while (true)
            {
                if (!await connection.WaitAsync(KeepAlive, cancellationToken).ConfigureAwait(false))
                    await ProbeAsync(connection, cancellationToken).ConfigureAwait(false);
                outage.Pause = ShortestPause;
            }
        }
    }

    private static async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var probe = Database.Plain(connection).Add("SELECT 1");
        await using (probe.ConfigureAwait(false))
            await probe.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    // A connection that breaks off as soon as it is made isn't the end of it: only one that was of use begins the
    // pauses anew.
    private sealed class Outage
    {
        public TimeSpan Pause { get; set; } = ShortestPause;

        public bool IsTold { get; set; }
    }
}
