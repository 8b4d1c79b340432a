using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Webhooks.Crash;

/// <summary>A process of tests/Webhooks.Node: told what to do by lines, killed when the test likes.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const int KeptErrors = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _count;

    private readonly Process _process;
    private readonly ILedger _ledger;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;
    private readonly Task _spare;

    private Node(string name, Process process, ILedger ledger)
    {
        Name = name;
        _process = process;
        _ledger = ledger;
        _reading = Task.WhenAll(ReadAsync(), ReadErrorsAsync());
        _spare = ExpectAsync("spare");
    }

    public string Name { get; }

    public int ProcessId => _process.Id;

    /// <summary>What it has logged: warnings and errors.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a process that waits to be told what to be.</summary>
    public static async Task<Node> StartAsync(NodeOptions options, ILedger ledger, int seed = 0, string[]? wrapper = null)
    {
        var name = $"node-{Interlocked.Increment(ref _count)}";
        string[] command = [.. wrapper ?? [], NodeProgram.Path, .. options.Arguments(name, seed)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Node(name, await Spawner.StartAsync(start), ledger);
    }

    /// <summary>Has it open its database and start.</summary>
    public async Task GoAsync(Role role)
    {
        await _spare;
        await AskAsync($"go {role.ToString().ToLowerInvariant()}", "ready");
    }

    /// <summary>Has it open its store and receive.</summary>
    /// <returns>Where.</returns>
    public async Task<Uri> ReceiveAsync()
    {
        await _spare;
        await TellAsync("receive");
        return new Uri(await ExpectAsync("receiving "));
    }

    /// <summary>Tells it to do something, without waiting for an answer.</summary>
    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteAsync(command + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Tells it to do something and waits for its answer.</summary>
    public async Task AskAsync(string command, string answer, TimeSpan? patience = null)
    {
        await TellAsync(command);
        await ExpectAsync(answer, patience);
    }

    public Task SubscribeAsync(SinkEndpoint endpoint) => AskAsync(
        $"endpoint {endpoint.Id} {endpoint.Url} {endpoint.Secret} {endpoint.Timeout.TotalMilliseconds:0} {endpoint.EventType}",
        "created");

    /// <summary>SIGKILL. Returns when it is dead and all that it had said is in the ledger.</summary>
    /// <exception cref="NodeException">It had ended by itself, or complained of a command.</exception>
    public async Task KillAsync()
    {
        var endedByItself = _process.HasExited;
        _process.Kill();
        await EndAsync();
        if (endedByItself)
            throw new NodeException($"{Name} ended by itself. It logged:\n{Errors}");
        while (_answers.Reader.TryRead(out var answer))
        {
            if (answer.StartsWith("error", StringComparison.Ordinal))
                throw new NodeException($"{Name} said '{answer}'. It logged:\n{Errors}");
        }
    }

    /// <summary>Shuts it down in an orderly way.</summary>
    public async Task StopAsync()
    {
        await AskAsync("stop", "stopped");
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await EndAsync();
        _process.Dispose();
    }

    private async Task EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        await _spare.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>What follows the answer's beginning.</returns>
    private async Task<string> ExpectAsync(string beginning, TimeSpan? patience = null)
    {
        using var timeout = new CancellationTokenSource(patience ?? Patience);
        string? line = null;
        try
        {
            line = await _answers.Reader.ReadAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // Told below, with what it logged.
        }

        return line?.StartsWith(beginning, StringComparison.Ordinal) == true
            ? line[beginning.Length..]
            : throw new NodeException(
                $"{Name} said '{line ?? "nothing"}' instead of '{beginning}'. It logged:\n{Errors}");
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!_ledger.TryEnter(line))
                _answers.Writer.TryWrite(line);
        }

        _answers.Writer.Complete();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                if (_errors.Length < KeptErrors)
                    _errors.AppendLine(line);
            }
        }
    }
}
