using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>Tells the URLs at which Amazon SNS publishes its certificates from all others.</summary>
internal static partial class SnsCertificateUrl
{
    private const int MaximumLength = 512;

    /// <summary>Judges the text itself, not what a parser makes of it.</summary>
    public static Uri? TryRead(string? text) =>
        text is { Length: <= MaximumLength } && Shape().IsMatch(text)
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : null;

    [GeneratedRegex(
        """
        \Ahttps://sns\.[a-z]{2}(-gov|-iso[a-z]?)?-(north|south|east|west|central)+-[1-9]
        \.amazonaws\.com(\.cn)?/[A-Za-z0-9_-]+\.pem\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();
}
