using System.Net;

namespace Webhooks.Crash;

/// <summary>Senders of a provider that post until they are halted. They don't know which of the receivers lives, only
/// where the last one was.</summary>
internal sealed class ProviderLoad
{
    private const int Senders = 4;
    private const int MostUnhandled = 200;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly Provider _provider;
    private readonly HandlingLedger _ledger;
    private readonly Task _senders;
    private volatile bool _halting;
    private volatile Uri _receiver;

    private ProviderLoad(Provider provider, HandlingLedger ledger, Uri receiver, int seed)
    {
        (_provider, _ledger, _receiver) = (provider, ledger, receiver);
        _senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(
            sender => Task.Run(() => SendAsync(new Random(seed + sender)))));
    }

    /// <summary>Where they post to.</summary>
    public Uri Receiver { get => _receiver; set => _receiver = value; }

    public static ProviderLoad Start(Provider provider, HandlingLedger ledger, Uri receiver, int seed)
        => new(provider, ledger, receiver, seed);

    /// <summary>Returns when all have done what they began.</summary>
    public Task HaltAsync()
    {
        _halting = true;
        return _senders;
    }

    private async Task SendAsync(Random random)
    {
        while (!_halting)
        {
            await PauseAsync(random, 30);
            if (_provider.Accepted - _ledger.Begun > MostUnhandled)
                continue;

            var webhook = _provider.Create(random.Next(2) == 0 ? "joined" : "plain", isForged: random.Next(50) == 0);
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

    private async Task UntilAcceptedAsync(SentWebhook webhook)
    {
        while (await _provider.PostAsync(webhook, _receiver) != HttpStatusCode.Accepted)
            await Task.Delay(Again, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static Task PauseAsync(Random random, int milliseconds) => Task.Delay(
        TimeSpan.FromMilliseconds(random.Next(milliseconds)),
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
