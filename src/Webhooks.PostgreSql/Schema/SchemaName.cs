namespace Webhooks;

/// <summary>Which names a schema may have: they become part of statements.</summary>
internal static class SchemaName
{
    public const string Default = "webhooks";

    // A channel for notifications is named after the schema, and PostgreSQL cuts names at 63 bytes.
    private const int MaxLength = 50;

    public static string Rule { get; } =
        $"use 1 to {MaxLength} of a-z, A-Z, 0-9 and _, not beginning with a digit or with pg_";

    public static bool IsValid(string? name) => name is { Length: > 0 and <= MaxLength }
        && !char.IsAsciiDigit(name[0])
        && !name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>The name as it stands in statements.</summary>
    /// <exception cref="ArgumentException">It isn't allowed.</exception>
    public static string Quote(string name)
        => IsValid(name) ? $"\"{name}\"" : throw new ArgumentException($"'{name}' can't be the schema: {Rule}.");
}
