using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>The statements, each a file of its own, with the schema's name in its places.</summary>
internal sealed partial class SqlText(string schema)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string Prelude => Text();

    public string OrderLocks => Text();

    public string KeyWait => Text();

    public string Publish => Text();

    public string PublishBegin => Text();

    public string PublishKeys => Text();

    public string PublishChecked => Text();

    public string PublishResult => Text();

    public string PublishLeased => Text();

    public string PublishEnd => Text();

    public string Claim => Text();

    /// <summary>The same without what is for ordering keys.</summary>
    public string ClaimUnordered => _texts.GetOrAdd(
        nameof(ClaimUnordered), static (_, claim) => OrderedPart().Replace(claim, ""), Claim);

    public string Finish => Text();

    public string Retry => Text();

    public string Renew => Text();

    public string Release => Text();

    public string Cancel => Text();

    public string CancelEndpoint => Text();

    public string Redeliver => Text();

    public string ReplayFind => Text();

    public string ReplayNew => Text();

    public string FindMessages => Text();

    public string FindDeliveries => Text();

    public string FindPending => Text();

    public string FindDone => Text();

    public string FindAttempts => Text();

    public string NumberAt => Text();

    public string ReceivedClaim => Text();

    public string ReceivedRenew => Text();

    public string ReceivedComplete => Text();

    public string ReceivedRelease => Text();

    public string ReceivedPurge => Text();

    /// <summary>The table of messages.</summary>
    public string Messages => $"{SchemaName.Quote(schema)}.messages";

    public string Pending => $"{SchemaName.Quote(schema)}.pending";

    public string Done => $"{SchemaName.Quote(schema)}.done";

    public string MaintenanceLock => Text();

    public string PurgeBegin => Text();

    public string PurgeDeliveries => Text();

    public string PurgeMessages => Text();

    public string PurgeKeys => Text();

    public string Measure => Text();

    public string EndpointLock => Text();

    public string EndpointCreate => Text();

    public string EndpointUpdate => Text();

    public string EndpointWritten => Text();

    public string EndpointRead => Text();

    public string MarkFailing => Text();

    public string MarkHealthy => Text();

    public string Notify => Text();

    /// <summary>A statement with another schema's name.</summary>
    public static string Read(string name, string schema)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The statement {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{schema}", SchemaName.Quote(schema), StringComparison.Ordinal);
    }

    [GeneratedRegex("^ *-- if ordered$.*?^ *-- end$\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OrderedPart();

    private string Text([CallerMemberName] string name = "")
        => _texts.GetOrAdd(name, static (name, schema) => Read(name, schema), schema);
}
