using System.Collections.Concurrent;
using System.Diagnostics;

namespace Quickstart;

/// <summary>The receiver as a process of its own, so that it can be killed for real.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ReceiverProcess(Process process) => _process = process;

    /// <summary>Starts a receiver and waits until it listens; <paramref name="accepted"/> gets a message's id each time
    /// that it accepts one.</summary>
    public static async Task<ReceiverProcess> StartAsync(
        string url, string secret, Story story, ConcurrentQueue<string> accepted)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ReceiverProcess).Assembly.Location);
        start.ArgumentList.Add("receiver");
        start.Environment["RECEIVER_URL"] = url;
        start.Environment["RECEIVER_SECRET"] = secret;

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The receiver didn't start."));
        process.OutputDataReceived += (_, line) => Read(line.Data, story, accepted, ready);
        process.Start();
        process.BeginOutputReadLine();
        await ready.Task;
        return new ReceiverProcess(process);
    }

    /// <summary>Ends it as a crash would: at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static void Read(string? line, Story story, ConcurrentQueue<string> accepted, TaskCompletionSource ready)
    {
        if (line is "ready")
        {
            ready.TrySetResult();
        }
        else if (line?.Split(' ') is [var id, var type, var number, var amount, var currency])
        {
            story.Tell("receiver", $"{type}, invoice {number} of {amount} {currency}, message {id}");
            accepted.Enqueue(id);
        }
    }
}
