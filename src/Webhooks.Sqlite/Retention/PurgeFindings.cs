namespace Webhooks;

/// <summary>The deliveries that are old enough, and the number to go on after; 0 if that was all.</summary>
internal sealed record PurgeFindings(IReadOnlyList<long> Ids, long Next);
