namespace Webhooks;

/// <summary>Puts the tables' own prefix where the SQL has the usual one.</summary>
internal sealed class TableNames(string prefix)
{
    public const string UsualPrefix = "webhook_";

    public const string PrefixRule = "A table prefix is 1 to 40 letters, digits and underscores of ASCII, beginning with "
        + "a letter or an underscore, but not with sqlite_.";

    private const int MostLetters = 40;

    private readonly bool _isUsual = prefix == UsualPrefix;

    public static bool IsPrefix(string? prefix)
        => prefix is { Length: > 0 and <= MostLetters }
           && !char.IsAsciiDigit(prefix[0])
           && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
           && !prefix.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);

    public string Apply(string sql) => _isUsual ? sql : sql.Replace(UsualPrefix, prefix, StringComparison.Ordinal);
}
