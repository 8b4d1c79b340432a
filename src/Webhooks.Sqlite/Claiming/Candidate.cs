namespace Webhooks;

/// <summary>A delivery that could be leased.</summary>
internal readonly record struct Candidate(
    long Id, long Due, long Message, int Attempts, int Tries, long? FirstTryAt, AttemptTrigger Trigger, bool IsOrdered);
