namespace Webhooks.Crash;

/// <summary>Senders of a provider that post until they are halted. They don't know which of the receivers lives, only
/// where the last one was.</summary>
internal sealed class ProviderLoad
{
    private const int MostUnhandled = 200;

    private readonly Provider _provider;
    private readonly HandlingLedger _ledger;
    private readonly string[] _sources;
    private readonly Task _senders;
    private volatile bool _halting;
    private volatile Uri _receiver;

    private ProviderLoad(ReceivingScene scene, Uri receiver, int senders, string[] sources)
    {
        (_provider, _ledger, _sources, _receiver) = (scene.Provider, scene.Ledger, sources, receiver);
        _senders = Task.WhenAll(Enumerable.Range(0, senders).Select(
            sender => Task.Run(() => SendAsync(new Random(Rounds.Seed + sender)))));
    }

    /// <summary>Where they post to.</summary>
    public Uri Receiver { get => _receiver; set => _receiver = value; }

    /// <param name="scene">The provider, and what the receivers say.</param>
    /// <param name="receiver">Where to post to first.</param>
    /// <param name="senders">How many post at once.</param>
    /// <param name="sources">The sources to post to, as chance will have it.</param>
    public static ProviderLoad Start(ReceivingScene scene, Uri receiver, int senders, params string[] sources)
        => new(scene, receiver, senders, sources);

    /// <summary>Returns when all have done what they began.</summary>
    public Task HaltAsync()
    {
        _halting = true;
        return _senders;
    }

    /// <summary>Posts what nobody has accepted yet until somebody has.</summary>
    public Task FinishAsync() => Task.WhenAll(
        _provider.Webhooks.Where(webhook => !webhook.IsForged && webhook.Accepted == 0).Select(UntilAcceptedAsync));

    private async Task SendAsync(Random random)
    {
        while (!_halting)
        {
            await PauseAsync(random, 30);
            if (_provider.Accepted - _ledger.Begun > MostUnhandled)
                continue;

            var webhook = _provider.Create(_sources[random.Next(_sources.Length)], isForged: random.Next(50) == 0);
            if (webhook.IsForged || random.Next(10) == 0)
                await _provider.PostAsync(webhook, _receiver);
            else
                await InsistAsync(webhook, random);
        }
    }

    /// <summary>Some are sent several times at once, some once more after they were accepted.</summary>
    private async Task InsistAsync(SentWebhook webhook, Random random)
    {
        var copies = random.Next(4) == 0 ? 3 : 1;
        await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => UntilAcceptedAsync(webhook)));
        if (random.Next(5) > 0)
            return;

        await PauseAsync(random, 300);
        await UntilAcceptedAsync(webhook);
    }

    private Task UntilAcceptedAsync(SentWebhook webhook) => _provider.InsistAsync(webhook, () => _receiver);

    private static Task PauseAsync(Random random, int milliseconds) => Task.Delay(
        TimeSpan.FromMilliseconds(random.Next(milliseconds)),
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
