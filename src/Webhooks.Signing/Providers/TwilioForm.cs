using System.Net;
using System.Text;

namespace Webhooks;

/// <summary>What Twilio signs of a form: its names in ordinal order, each before its values.</summary>
internal static class TwilioForm
{
    private const int MaximumParameters = 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a form.</summary>
    /// <returns>The text that follows the URL; null if the body isn't a form, or a larger one than anybody
    /// sends.</returns>
    public static string? TryRead(ReadOnlySpan<byte> body)
    {
        var values = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        try
        {
            var count = 0;
            foreach (var range in body.Split((byte)'&'))
            {
                var pair = body[range];
                if (!pair.IsEmpty && ++count <= MaximumParameters)
                {
                    Add(values, pair);
                }
            }

            return count > MaximumParameters ? null : Write(values);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Add(SortedDictionary<string, SortedSet<string>> values, ReadOnlySpan<byte> pair)
    {
        var mark = pair.IndexOf((byte)'=');
        var name = Decode(mark < 0 ? pair : pair[..mark]);
        if (!values.TryGetValue(name, out var set))
        {
            values[name] = set = new SortedSet<string>(StringComparer.Ordinal);
        }

        set.Add(mark < 0 ? "" : Decode(pair[(mark + 1)..]));
    }

    private static string Write(SortedDictionary<string, SortedSet<string>> values)
    {
        var text = new StringBuilder();
        foreach (var (name, set) in values)
        {
            foreach (var value in set)
            {
                text.Append(name).Append(value);
            }
        }

        return text.ToString();
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = encoded.ToArray();
        return Strict.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length) ?? []);
    }
}
