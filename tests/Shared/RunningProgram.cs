using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Webhooks;

/// <summary>A program that a test starts, reads and ends.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    // A build's left-over nodes may hold the pipe open after the program itself has ended.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _output = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private int _openPipes = 2;

    private RunningProgram(ProcessStartInfo start)
    {
        _name = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything that was printed so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static RunningProgram Start(
        string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs the tests has set for itself is not for the programs that they start.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new RunningProgram(start);
    }

    /// <summary>Runs a program to its end, which has to be a good one.</summary>
    public static async Task<string> RunAsync(
        string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var program = Start(file, arguments, folder, environment);
        var exitCode = await program.WaitForExitAsync(TimeSpan.FromMinutes(10));
        Assert.True(exitCode == 0, $"'{program._name}' ended with {exitCode}:\n{program.Output}");
        return program.Output;
    }

    /// <summary>Waits for a line that the program prints.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(timeout.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what was printed instead.
        }

        throw new InvalidOperationException($"'{_name}' didn't print '{text}', but:\n{Output}");
    }

    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        while (!_process.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }

        var ended = TimeProvider.System.GetTimestamp();
        while (Volatile.Read(ref _openPipes) > 0 && TimeProvider.System.GetElapsedTime(ended) < LastWords)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openPipes) == 0)
                _lines.Writer.Complete();
            return;
        }

        lock (_output)
            _output.AppendLine(line);
        _lines.Writer.TryWrite(line);
    }
}
