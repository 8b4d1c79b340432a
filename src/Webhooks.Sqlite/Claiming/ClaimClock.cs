namespace Webhooks;

/// <summary>The connection a claim reads from, and the time it goes by.</summary>
internal readonly record struct ClaimClock(DatabaseConnection Connection, long Now);
