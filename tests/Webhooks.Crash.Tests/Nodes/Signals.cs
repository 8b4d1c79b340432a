using System.Runtime.InteropServices;

namespace Webhooks.Crash;

/// <summary>Signals to processes that the tests started.</summary>
internal static partial class Signals
{
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>SIGSTOP: the process stands still until it is told to go on, without noticing.</summary>
    public static void Freeze(int process) => Check(Send(process, Stop));

    /// <summary>SIGCONT.</summary>
    public static void Thaw(int process) => Check(Send(process, Continue));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"kill failed: errno {Marshal.GetLastPInvokeError()}.");
    }
}
