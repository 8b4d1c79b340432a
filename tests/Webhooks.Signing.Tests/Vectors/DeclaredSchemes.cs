using System.Text.Json;
using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Schemes built from nothing but the data in <c>schemes.json</c>.</summary>
internal static class DeclaredSchemes
{
    private static readonly JsonElement Data = VectorSuite.Read("schemes").GetProperty("schemes");

    public static IEnumerable<string> Names => Data.EnumerateObject().Select(scheme => scheme.Name);

    public static HmacSignatureScheme Find(string name)
    {
        var data = Data.GetProperty(name);
        return new HmacSignatureScheme(name, Layout(data), Algorithm(data), Format(data));
    }

    private static SignatureLayout Layout(JsonElement data)
    {
        var signature = data.GetProperty("sig");
        var layout = new SignatureLayout
        {
            SignatureHeader = signature.GetProperty("header").GetString()!,
            HeaderFormat = signature.GetProperty("parse").GetString() switch
            {
                "kv" => SignatureHeaderFormat.NamedItems,
                "versioned-list" => SignatureHeaderFormat.VersionedList,
                _ => SignatureHeaderFormat.Prefixed,
            },
            Prefix = Text(signature, "prefix") ?? "",
            SignatureItem = Text(signature, "sig_key") ?? Text(signature, "version") ?? "v1",
            TimestampItem = Text(signature, "ts_key"),
            ItemSeparator = (Text(signature, "item_sep") ?? ",")[0],
            Encoding = Text(signature, "encoding") == "hex" ? SignatureEncoding.Hex : SignatureEncoding.Base64,
            SignedContent = string.Concat(data.GetProperty("template").EnumerateArray().Select(part => part.GetString()))
                .Replace("{ts}", "{timestamp}", StringComparison.Ordinal),
        };
        return WithTimestamp(layout, data) with
        {
            Fields = new MessageFields { IdHeader = data.TryGetProperty("id", out var id) ? Text(id, "header") : null },
        };
    }

    private static SignatureLayout WithTimestamp(SignatureLayout layout, JsonElement data) =>
        !data.TryGetProperty("ts", out var timestamp) ? layout : layout with
        {
            TimestampHeader = Text(timestamp, "header"),
            TimestampFormat = Text(timestamp, "unit") switch
            {
                "ms" => TimestampFormat.UnixMilliseconds,
                "iso" => TimestampFormat.Rfc3339,
                _ => TimestampFormat.UnixSeconds,
            },
            Tolerance = TimeSpan.FromSeconds(data.GetProperty("tolerance_s").GetInt32()),
        };

    private static HmacAlgorithm Algorithm(JsonElement data) =>
        Text(data, "alg") == "sha1" ? HmacAlgorithm.Sha1 : HmacAlgorithm.Sha256;

    private static SecretFormat Format(JsonElement data) => Text(data, "key") switch
    {
        "base64" => SecretFormat.Base64,
        "hex" => SecretFormat.Hex,
        "whsec" => SecretFormat.WebhookSecret,
        _ => SecretFormat.Text,
    };

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) ? value.GetString() : null;
}
