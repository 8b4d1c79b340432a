using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Crash;

/// <summary>A disk of a few megabytes in memory, which a test can fill and free.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Prefix = "webhooks-crash-disk-";

    private readonly string _ballast;

    private SmallDisk(string folder)
    {
        Folder = folder;
        _ballast = Path.Combine(folder, "ballast");
    }

    public string Folder { get; }

    /// <summary>Mounts the disk, or skips the test where that isn't permitted; in CI that is a failure.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        RemoveStale();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Random.Shared.Next():x}");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        if (TryRun("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=777", "tmpfs", folder))
            return new SmallDisk(folder);

        Directory.Delete(folder);
        const string Missing = "This test mounts a small disk, which needs root, or sudo without a password.";
        Assert.False(Repository.IsCI, Missing);
        Assert.Skip(Missing);
        return null!;
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size >= 1; size /= 2)
        {
            try
            {
                var block = new byte[size];
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                // No room for so much: less may still fit.
            }
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_ballast);

    public void Dispose() => Unmount(Folder);

    // A test run that was killed couldn't unmount its disk.
    private static void RemoveStale()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{owner}"))
                Unmount(folder);
        }
    }

    private static void Unmount(string folder)
    {
        TryRun("umount", "--lazy", folder);
        Directory.Delete(folder, recursive: true);
    }

    private static bool TryRun(params string[] command)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        if (!Environment.IsPrivilegedProcess)
            command = ["sudo", "-n", .. command];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
