using System.Text.Json;

namespace Webhooks.Vectors;

/// <summary>One signed request with its verdict.</summary>
public sealed class SignatureVector
{
    private readonly JsonElement _json;

    public SignatureVector(JsonElement json) => _json = json;

    public string Id => _json.GetProperty("id").GetString()!;

    public string Scheme => _json.GetProperty("scheme").GetString()!;

    public string Expect => _json.GetProperty("expect").GetString()!;

    public bool IsValid => _json.GetProperty("expect_class").GetString() == "valid";

    public bool IsMust => _json.GetProperty("level").GetString() == "must";

    public string Method => _json.GetProperty("method").GetString()!;

    public string Url => _json.GetProperty("url").GetString()!;

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(_json.GetProperty("now_unix").GetInt64());

    /// <summary>The secrets as a user would configure them.</summary>
    public IReadOnlyList<string> Secrets =>
        _json.TryGetProperty("secrets", out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
        : _json.TryGetProperty("public_key", out var key) ? [key.GetString()!]
        : [_json.GetProperty("secret").GetString()!];

    /// <summary>What a signature of an HTTP message has to cover.</summary>
    public IReadOnlyList<string> RequiredComponents => _json.TryGetProperty("options", out var options)
        && options.ValueKind == JsonValueKind.Object && options.TryGetProperty("required_components", out var list)
            ? [.. list.EnumerateArray().Select(name => name.GetString()!)]
            : [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get
        {
            var headers = _json.GetProperty("headers").EnumerateArray()
                .Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!)).ToList();
            if (_json.TryGetProperty("headers_repeat", out var repeat))
            {
                var value = string.Join(
                    repeat.GetProperty("separator").GetString(),
                    Enumerable.Repeat(repeat.GetProperty("value").GetString(), repeat.GetProperty("count").GetInt32()));
                headers.Add(KeyValuePair.Create(repeat.GetProperty("name").GetString()!, value));
            }

            return headers;
        }
    }

    public byte[] Body
    {
        get
        {
            if (_json.TryGetProperty("body_repeat", out var repeat))
            {
                var body = new byte[repeat.GetProperty("count").GetInt32()];
                body.AsSpan().Fill(repeat.GetProperty("byte").GetByte());
                return body;
            }

            return _json.TryGetProperty("body_base64", out var text) ? text.GetBytesFromBase64() : [];
        }
    }
}
