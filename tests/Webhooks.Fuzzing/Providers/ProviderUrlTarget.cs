using System.Text.RegularExpressions;

namespace Webhooks.Fuzzing;

/// <summary>URLs as Twilio and HubSpot sign them.</summary>
public sealed partial class ProviderUrlTarget() : FuzzTarget("provider-urls")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "https://example.com/hooks?bodySHA256=00ff&a=%3A%2F"u8.ToArray(), "http://u:p@[::1]:8080?x#y"u8.ToArray(),
        "https://example.com:443"u8.ToArray(), "http://h:/%28%29%21%zz%4"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var url = InputText.Of(input);
        var decoded = HubSpotUrl.Decode(url);
        Law.Holds(decoded.Length <= url.Length, "decoding makes a URL no longer");
        Law.Holds(url.Contains('%', StringComparison.Ordinal) || decoded == url, "what isn't encoded stays as it is");
        CheckDigest(url);

        // A request's URL is one that a server put together: a scheme, a host as it was sent, and a target.
        if (!url.StartsWith("http://", StringComparison.Ordinal) && !url.StartsWith("https://", StringComparison.Ordinal))
            return;

        var forms = TwilioUrl.FormsOf(url).ToArray();
        Law.Holds(forms.Length is 1 or 2 && forms[0] == url, "the URL as it is comes first");
        if (forms.Length == 2 && Plain().IsMatch(url))
            Law.Holds(
                Uri.TryCreate(url, UriKind.Absolute, out var first) && Uri.TryCreate(forms[1], UriKind.Absolute, out var second)
                && first.Host == second.Host && first.PathAndQuery == second.PathAndQuery,
                $"the other form of '{url}' names the same host and path: '{forms[1]}'");
    }

    [GeneratedRegex(@"\Ahttps?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?[/?]")]
    private static partial Regex Plain();

    private static void CheckDigest(string url)
    {
        if (TwilioUrl.DigestIn(url) is { } digest)
            Law.Holds(url.Contains("bodySHA256=" + digest, StringComparison.Ordinal), "the digest is the URL's");
    }
}
