using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once, so that whoever mends them has to start the application only once
/// more.</summary>
internal sealed class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>
{
    private static readonly TimeSpan ShortestLockTimeout = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        List<string> errors = [.. ConnectionErrors(options.ConnectionString), .. OtherErrors(options)];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> OtherErrors(SqliteStoreOptions options)
    {
        if (!Enum.IsDefined(options.Synchronous))
            yield return $"Synchronous is {options.Synchronous}: use Full, Normal or Extra.";
        if (options.LockTimeout != Timeout.InfiniteTimeSpan
            && (options.LockTimeout < ShortestLockTimeout || options.LockTimeout.TotalMilliseconds > int.MaxValue))
        {
            yield return $"LockTimeout is {options.LockTimeout}: use 00:00:01 to 24.00:00:00, or "
                + "Timeout.InfiniteTimeSpan.";
        }

        if (!TableNames.IsPrefix(options.TablePrefix))
            yield return $"TablePrefix is '{options.TablePrefix}'. {TableNames.PrefixRule}";
    }

    private static List<string> ConnectionErrors(string? connectionString)
    {
        // The text itself may hold a password, and so may what the parser says of it.
        try
        {
            return SourceErrors(new SqliteConnectionStringBuilder(connectionString));
        }
        catch (ArgumentException)
        {
            return ["ConnectionString can't be read: write it as \"Data Source=webhooks.db\"."];
        }
    }

    private static List<string> SourceErrors(SqliteConnectionStringBuilder builder)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(builder.DataSource))
            errors.Add("ConnectionString names no file: write it as \"Data Source=webhooks.db\".");
        if (builder.Mode == SqliteOpenMode.Memory || IsInMemory(builder.DataSource))
        {
            errors.Add("ConnectionString is of a database in memory, which outlives nothing: name a file, or leave out "
                + "UseSqlite for the memory store.");
        }

        if (builder.Mode == SqliteOpenMode.ReadOnly)
            errors.Add("ConnectionString has Mode=ReadOnly: the store writes, so leave that out.");
        if (builder.Cache == SqliteCacheMode.Shared)
            errors.Add("ConnectionString has Cache=Shared, in which readers and the writer block each other: leave it out.");
        return errors;
    }

    private static bool IsInMemory(string? source)
        => source is not null
           && (source.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
               || source.Contains("mode=memory", StringComparison.OrdinalIgnoreCase));
}
