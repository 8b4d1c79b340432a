using System.Text;

namespace Webhooks;

/// <summary>What whoever recorded a request can make of it. Most of it no scheme accepts; what one accepts is the same
/// webhook.</summary>
internal static class Changes
{
    public static IEnumerable<ReceivedRequest> Of(ReceivedRequest request, SignatureScheme scheme) =>
        [.. OfHeaders(request, scheme), .. OfUrl(request), .. OfBody(request)];

    private static IEnumerable<ReceivedRequest> OfHeaders(ReceivedRequest request, SignatureScheme scheme)
    {
        yield return request.With("X-Request-Id", "7");
        foreach (var header in new[] { scheme.Fields.IdHeader, scheme.Fields.EventTypeHeader, "Content-Type" }.OfType<string>())
        {
            yield return request.With(header, "other");
            yield return request.With(header, null);
        }

        // Signatures may stand in another order, be left out, come twice, or be accompanied by others.
        foreach (var (name, value) in request.Headers)
        {
            foreach (var separator in new[] { " ", ",", ", ", ";" })
            {
                var items = value.Split(separator);
                yield return request.With(name, string.Join(separator, items.Reverse()));
                yield return request.With(name, string.Join(separator, items.Skip(1)));
                yield return request.With(name, string.Join(separator, items.SkipLast(1)));
                yield return request.With(name, string.Join(separator, [.. items, items[^1]]));
                yield return request.With(name, string.Join(separator, ["v9=other", .. items]));
            }

            yield return request.With(name, value.ToUpperInvariant());
            yield return request.With(name, $" {value} ");
        }
    }

    private static IEnumerable<ReceivedRequest> OfUrl(ReceivedRequest request)
    {
        var host = request.Url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = request.Url.IndexOfAny(['/', '?'], host);
        yield return request with { Url = request.Url + (request.Url.Contains('?', StringComparison.Ordinal) ? "&b=2" : "?b=2") };
        if (end < 0)
            yield break;

        var target = request.Url[end..];
        yield return request with { Url = "https://other.example.com" + target };
        yield return request with { Url = request.Url[..end] + ":443" + target };
        yield return request with { Url = request.Url[..end].Replace(":443", "", StringComparison.Ordinal) + target };
        foreach (var letter in ":/?@!$'()*,;")
        {
            var encoded = $"%{(int)letter:X2}";
            yield return request with { Url = request.Url[..end] + target.Replace(letter.ToString(), encoded, StringComparison.Ordinal) };
            yield return request with { Url = request.Url[..end] + target.Replace(encoded, letter.ToString(), StringComparison.OrdinalIgnoreCase) };
        }
    }

    private static IEnumerable<ReceivedRequest> OfBody(ReceivedRequest request)
    {
        var body = Encoding.Latin1.GetString(request.Body);
        string[] forms =
        [
            body + " ", " " + body, body + "&", body + "&" + body,
            string.Join('&', body.Split('&').Reverse()),
            body.Replace("a", "%61", StringComparison.Ordinal),
            body.Replace("+", "%20", StringComparison.Ordinal),
            body.Replace("{", """{"more":1,""", StringComparison.Ordinal),
            body.Replace(":", " : ", StringComparison.Ordinal),
            body.Replace("a", "\\u0061", StringComparison.Ordinal),
            body + "}", body + "0",
        ];
        foreach (var form in forms)
            yield return request with { Body = Encoding.Latin1.GetBytes(form) };
    }
}
