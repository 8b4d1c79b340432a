using System.Runtime.InteropServices;

namespace Webhooks.Crash;

/// <summary>Signals to processes that the tests started.</summary>
internal static partial class Signals
{
    private const int Continue = 18;
    private const int Stop = 19;
    private const char Stopped = 'T';

    /// <summary>SIGSTOP: the process stands still until it is told to go on, without noticing. Its threads run on until
    /// the one that takes the signal gets to run: see <see cref="IsFrozen"/>.</summary>
    public static void Freeze(int process) => Check(Send(process, Stop));

    /// <summary>Whether each of its threads stands still.</summary>
    public static bool IsFrozen(int process)
        => Directory.EnumerateDirectories($"/proc/{process}/task").All(thread => StateOf(thread) == Stopped);

    /// <summary>SIGCONT.</summary>
    public static void Thaw(int process) => Check(Send(process, Continue));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);

    // The state follows the program's name, which is in brackets and may hold some itself.
    private static char? StateOf(string thread)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(thread, "stat"));
            return status[status.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            // It has just ended, so they don't all stand still.
            return null;
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"kill failed: errno {Marshal.GetLastPInvokeError()}.");
    }
}
