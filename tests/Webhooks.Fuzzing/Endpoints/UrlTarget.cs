using System.Net;

namespace Webhooks.Fuzzing;

/// <summary>URLs of endpoints: what is allowed is plain, and a literal address in it is public.</summary>
public sealed class UrlTarget() : FuzzTarget("endpoint-urls")
{
    private static readonly string[] LocalNames = ["localhost", ".localhost", ".local", ".internal"];

    public override IEnumerable<byte[]> Seeds =>
    [
        "https://example.com/hooks?a=b"u8.ToArray(), "https://93.184.216.34:8443/"u8.ToArray(),
        "https://[2606:2800:220:1::1]/x"u8.ToArray(), "https://127.0.0.1/"u8.ToArray(), "https://0x7f.1/"u8.ToArray(),
        "https://[::ffff:10.0.0.1]/"u8.ToArray(), "https://bücher.example/"u8.ToArray(),
        "https://xn--bcher-kva.example./"u8.ToArray(), "https://a@b.example/"u8.ToArray(), "https://h.example\\@x/"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var text = InputText.Of(input);
        var verdict = NetworkPolicy.Default.Judge(text);
        if (!verdict.IsAllowed)
            return;

        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url);
        Law.Holds(isUrl && url is { Scheme: "https", UserInfo: "" }, $"'{text}' is a plain HTTPS URL");
        Law.Holds(url!.Port is 443 or 8443, $"'{text}' has an allowed port");
        Law.Holds(NetworkPolicy.Default.Judge(url).IsAllowed, "the verdict on its Uri is the same");
        var host = url.IdnHost.TrimEnd('.');
        Law.Holds(!LocalNames.Any(name => host.EndsWith(name, StringComparison.OrdinalIgnoreCase)), $"'{host}' is no local name");
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            Law.Holds(NetworkPolicy.Default.Judge(address).IsAllowed, $"{address} may be reached");
    }
}
