namespace Webhooks.Crash;

/// <summary>SIGKILL of a receiver under load, again and again, and the next one takes its place.</summary>
internal static class ReceiverKills
{
    /// <returns>The names of those that were killed, and where they received.</returns>
    public static async Task<IReadOnlyDictionary<string, Uri>> RunAsync(
        ReceivingScene scene, ProviderLoad load, Node receiver, int kills)
    {
        var killed = new Dictionary<string, Uri>();
        while (killed.Count < kills)
        {
            var successor = await scene.SpareAsync();
            await ProgressAsync(scene);
            killed.Add(receiver.Name, load.Receiver);

            // Half of the time the next receiver is at work already, on the same database.
            var overlap = scene.Random.Next(2) == 0;
            if (overlap)
                load.Receiver = await successor.ReceiveAsync();
            await receiver.KillAsync();
            if (!overlap)
                load.Receiver = await successor.ReceiveAsync();
            receiver = successor;
        }

        return killed;
    }

    // Mostly there is something going on before the next kill, however slow the machine; now and then there isn't.
    private static async Task ProgressAsync(ReceivingScene scene)
    {
        var (accepted, handled) = (scene.Provider.Accepted, scene.Ledger.Handled);
        await Task.Delay(
            TimeSpan.FromMilliseconds(scene.Random.Next(20, 150)),
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        if (scene.Random.Next(4) > 0)
            await Waiting.UntilAsync(() => scene.Provider.Accepted > accepted + 5 && scene.Ledger.Handled > handled + 5);
    }
}
