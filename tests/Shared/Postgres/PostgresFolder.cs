using System.Diagnostics;
using System.Globalization;

namespace Webhooks;

/// <summary>
/// The folder of a test's PostgreSQL server. A guard process, which reads a pipe that this process holds open, stops the
/// server and deletes the folder when the pipe ends: also when this process was killed.
/// </summary>
internal sealed class PostgresFolder : IAsyncDisposable
{
    private const string Prefix = "webhooks-pg-";

    private const string Guard =
        """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        cat >/dev/null
        server="$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)"
        runs() { [ -n "$server" ] && [ "$(readlink "/proc/$server/cwd")" = "$1/data" ]; }
        if runs "$1"; then
            kill -CONT "$server" $(cat "/proc/$server/task/$server/children") 2>/dev/null
            kill -QUIT "$server"
            tries=0
            while runs "$1" && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
            runs "$1" && kill -KILL "$server"
        fi
        rm -rf "$1"
        """;

    private static int _made;

    private readonly Process _guard;

    private PostgresFolder(string path)
    {
        Path = path;
        _guard = Watch(path);
    }

    public string Path { get; }

    public string Data => System.IO.Path.Combine(Path, "data");

    public string LogFile => System.IO.Path.Combine(Path, "log");

    public static PostgresFolder Create(string parent)
    {
        RemoveStale(parent);
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
        var path = System.IO.Path.Combine(parent, name);
        Directory.CreateDirectory(path);
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["postgres:", path]).Dispose();
        return new PostgresFolder(path);
    }

    /// <summary>Runs one of the server's programs to its end, as a user that the server accepts.</summary>
    public async Task RunAsync(string program, params string[] arguments)
    {
        string[] command = [System.IO.Path.Combine(PostgresPrograms.Folder!, program), .. arguments];
        // The server refuses to be run by root.
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", .. command];
        // Its output goes to a file and not through a pipe, which the server that pg_ctl starts would keep open.
        string[] shell = ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", System.IO.Path.Combine(Path, "commands"), .. command];
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", shell) { WorkingDirectory = Path })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile) : "";
            throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}:\n{await File.ReadAllTextAsync(shell[2])}\n{log}");
        }
    }

    /// <summary>Sends a signal to the server and each of its processes.</summary>
    public async Task SignalAsync(string signal)
    {
        var server = (await File.ReadAllLinesAsync(System.IO.Path.Combine(Data, "postmaster.pid")))[0];
        // The server first: frozen, it starts no others. A connection's process may end before its turn comes.
        using var kill = Process.Start(
            "/bin/sh", ["-c", $"kill -{signal} {server}; kill -{signal} $(cat /proc/{server}/task/{server}/children) || true"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private static Process Watch(string path) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "guard", path])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;

    /// <summary>Removes what processes left whose guard was killed with them.</summary>
    private static void RemoveStale(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent, Prefix + "*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{owner}"))
                continue;

            using var guard = Watch(folder);
            guard.StandardInput.Close();
            guard.WaitForExit();
        }
    }

    private static Process Run(string program, string[] arguments)
    {
        var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process;
    }
}
