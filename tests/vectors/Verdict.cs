namespace Webhooks.Vectors;

/// <summary>The vectors' words for what came of a verification.</summary>
public static class Verdict
{
    /// <summary>The word for an outcome, such as <c>timestamp_too_old</c>.</summary>
    public static string NameOf(VerificationOutcome outcome) => outcome == VerificationOutcome.Verified
        ? "valid"
        : string.Concat(outcome.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>One word for the three that may stand for one another.</summary>
    public static string Merge(string verdict) =>
        verdict is "malformed_signature" or "unsupported_version" ? "signature_mismatch" : verdict;
}
