using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>Tells the URLs at which Amazon SNS publishes its certificates from all others.</summary>
internal static partial class SnsCertificateUrl
{
    /// <summary>The hosts, as part of a regular expression.</summary>
    public const string Host =
        @"sns\.[a-z]{2}(-gov|-iso[a-z]?)?-(north|south|east|west|central)+-[1-9]\.amazonaws\.com(\.cn)?";

    private const int MaximumLength = 512;

    /// <summary>Judges the text itself, not what a parser makes of it.</summary>
    public static Uri? TryRead(string? text) =>
        text is { Length: <= MaximumLength } && Shape().IsMatch(text)
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : null;

    [GeneratedRegex(
        @"\Ahttps://" + Host + @"/[A-Za-z0-9_-]+\.pem\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
