namespace Webhooks.Crash;

/// <summary>A message in the ledger.</summary>
/// <param name="Word">What was last said of it.</param>
/// <param name="EventType">Its event type, which decides whose it is.</param>
internal readonly record struct Entry(Word Word, string EventType);
