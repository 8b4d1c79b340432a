using System.Globalization;

namespace Webhooks.Crash;

/// <summary>How often the tests break something: 100 times each in CI, fewer at a developer's desk,
/// <c>WEBHOOKS_CRASH_ROUNDS</c> times where that is set.</summary>
internal static class Rounds
{
    private const int InCI = 100;
    private const int AtDesk = 20;

    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("WEBHOOKS_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : Repository.IsCI ? InCI : AtDesk;

    /// <summary>What is random in the tests follows from this: <c>WEBHOOKS_CRASH_SEED</c>, or another one each
    /// time.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("WEBHOOKS_CRASH_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next(1_000_000);
}
