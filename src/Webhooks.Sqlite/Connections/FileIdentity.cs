using System.Runtime.InteropServices;
using SQLitePCL;

namespace Webhooks;

/// <summary>
/// Whether a connection's file is still the one that its path names. Systems other than Windows let a file be deleted
/// while it is open: what is written from then on is gone with the last process that has it open.
/// </summary>
internal static class FileIdentity
{
    private const string Library = "e_sqlite3";
    private const int HasMovedOperation = 20;

    private static readonly byte[] Main = [.. "main"u8, 0];

    // A connection of another build of SQLite must not be handed to this one.
    private static readonly bool IsOurs = raw.GetNativeLibraryName() == Library;

    public static bool HasMoved(sqlite3 handle)
    {
        if (OperatingSystem.IsWindows())
            return false;
        if (!IsOurs)
            return DatabaseConnection.PathOf(handle) is { Length: > 0 } path && !File.Exists(path);

        var hasMoved = 0;
        var code = Control(handle.DangerousGetHandle(), Main, HasMovedOperation, ref hasMoved);
        return code == raw.SQLITE_OK && hasMoved != 0;
    }

    [DllImport(Library, EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Control(nint database, byte[] name, int operation, ref int argument);
}
