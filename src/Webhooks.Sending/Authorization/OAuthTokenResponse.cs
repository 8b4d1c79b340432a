using System.Globalization;
using System.Text.Json;

namespace Webhooks;

/// <summary>Reads a token endpoint's answer, which is no more trusted than a receiver's.</summary>
internal static class OAuthTokenResponse
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxErrorLength = 64;

    // Servers may leave the lifetime out. A receiver's 401 renews a token that lives shorter.
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(1);

    public static async Task<OAuthToken> ReadAsync(
        HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(body);
            return response.IsSuccessStatusCode && json.RootElement.ValueKind == JsonValueKind.Object
                ? ReadToken(json.RootElement, now)
                : throw OAuthTokenRequest.Failed($"answered {status}{ErrorCode(json.RootElement)}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The parser looks at the encoding of texts only when they are read.
            throw OAuthTokenRequest.Failed($"answered {status} without the JSON that was expected");
        }
    }

    private static OAuthToken ReadToken(JsonElement json, DateTimeOffset now)
    {
        if (json.TryGetProperty("token_type", out var type)
            && !(type.ValueKind == JsonValueKind.String
                 && "Bearer".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase)))
            throw OAuthTokenRequest.Failed("gave a token that isn't a bearer token");

        if (!json.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String
            || !CredentialText.IsToken(token.GetString()!)
            || token.GetString()!.Length > HeaderRules.MaxCredentialLength / 2)
            throw OAuthTokenRequest.Failed("gave no access_token that can be sent");

        var lifetime = ReadLifetime(json);
        var margin = lifetime / 10 < LongestMargin ? lifetime / 10 : LongestMargin;
        return new OAuthToken(token.GetString()!, now + lifetime - margin);
    }

    private static TimeSpan ReadLifetime(JsonElement json)
    {
        if (!json.TryGetProperty("expires_in", out var expires))
            return UnknownLifetime;

        // A number by the standard, a string of digits with some servers.
        var isKnown = expires.ValueKind == JsonValueKind.Number
            ? expires.TryGetDouble(out var seconds)
            : double.TryParse(expires.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
        if (!isKnown || !double.IsFinite(seconds))
            return UnknownLifetime;

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestLifetime.TotalSeconds));
    }

    // The code is one of a few words by the standard; anything else stays out of the message.
    private static string ErrorCode(JsonElement json)
        => json.ValueKind == JsonValueKind.Object
           && json.TryGetProperty("error", out var error)
           && error.ValueKind == JsonValueKind.String
           && error.GetString() is { Length: > 0 and <= MaxErrorLength } code
           && code.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? $" ({code})"
            : "";

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxBytes];
        var length = await body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return length < MaxBytes ? buffer.AsMemory(0, length) : throw OAuthTokenRequest.Failed("answered too much");
    }
}
