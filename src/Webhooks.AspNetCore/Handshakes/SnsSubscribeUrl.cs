using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Webhooks;

/// <summary>Tells the URLs with which a subscription to an Amazon SNS topic is confirmed from all others.</summary>
internal static partial class SnsSubscribeUrl
{
    private const int MaximumLength = 2048;

    /// <summary>Judges the text itself, not what a parser makes of it, and that it confirms this topic and does nothing
    /// else.</summary>
    public static Uri? TryRead(string? text, string topic)
    {
        if (text is not { Length: <= MaximumLength } || !Shape().IsMatch(text)
            || !Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;

        var query = QueryHelpers.ParseQuery(url.Query);
        return query.TryGetValue("Action", out var action) && action == "ConfirmSubscription"
            && query.TryGetValue("TopicArn", out var confirmed) && confirmed == topic
            && query.ContainsKey("Token")
            ? url
            : null;
    }

    [GeneratedRegex(
        @"\Ahttps://" + SnsCertificateUrl.Host + @"/\?[A-Za-z0-9_.~%=&:+-]+\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
