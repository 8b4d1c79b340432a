using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>A DNS that says what a test has written down, in both directions, and notes what it was asked.</summary>
internal sealed class ScriptedNames : AddressNameResolver
{
    private readonly ConcurrentDictionary<string, string[]> _names = [];
    private readonly ConcurrentDictionary<string, string[]> _addresses = [];

    public ScriptedNames() => Forward = new ForwardNames(this);

    /// <summary>The other direction.</summary>
    public NetworkResolver Forward { get; }

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What every lookup waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsDown { get; set; }

    public ScriptedNames Name(string address, params string[] names)
    {
        _names[address] = names;
        return this;
    }

    public ScriptedNames Place(string name, params string[] addresses)
    {
        _addresses[name] = addresses;
        return this;
    }

    public override async ValueTask<IReadOnlyList<string>> ResolveAsync(IPAddress address, CancellationToken cancellationToken) =>
        await AnswerAsync(_names, address.ToString());

    private async Task<string[]> AnswerAsync(ConcurrentDictionary<string, string[]> answers, string question)
    {
        Asked.Enqueue(question);
        await Gate;
        if (IsDown)
            throw new SocketException((int)SocketError.TryAgain);
        return answers.TryGetValue(question, out var found) ? found : throw new SocketException((int)SocketError.HostNotFound);
    }

    private sealed class ForwardNames(ScriptedNames names) : NetworkResolver
    {
        public override async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            [.. (await names.AnswerAsync(names._addresses, host)).Select(IPAddress.Parse)];
    }
}
