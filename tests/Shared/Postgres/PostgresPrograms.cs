namespace Webhooks;

/// <summary>Where PostgreSQL's programs are on this machine.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder with initdb and pg_ctl, or null when there is none. Debian leaves it out of PATH.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(HasServer);

    private static IEnumerable<string> Candidates()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        // A link in PATH won't do: the programs look for their files beside themselves.
        var linked = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new FileInfo(Path.Combine(folder, "initdb")))
            .Where(file => file.Exists)
            .Select(file => (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName)
            .Select(file => Path.GetDirectoryName(file)!);
        const string Debian = "/usr/lib/postgresql";
        var packaged = !Directory.Exists(Debian) ? [] : Directory.GetDirectories(Debian)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"));
        return linked.Concat(packaged);
    }

    private static bool HasServer(string folder) =>
        new[] { "initdb", "pg_ctl", "postgres" }.All(name => File.Exists(Path.Combine(folder, name)));
}
