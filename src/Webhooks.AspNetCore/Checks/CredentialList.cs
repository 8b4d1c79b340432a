using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>
/// The credentials that a request may carry. Only digests are kept and compared: they are all of one length, so the
/// time taken tells nothing of a credential's length, and every one is compared, so it doesn't tell which one fits.
/// </summary>
internal sealed class CredentialList
{
    private const int MaxLength = 4096;

    private readonly string _apiKeyHeader;
    private readonly byte[][] _apiKeys;
    private readonly byte[][] _bearerTokens;
    private readonly byte[][] _basicCredentials;

    public CredentialList(WebhookSourceOptions options)
    {
        _apiKeyHeader = options.ApiKeyHeader;
        _apiKeys = [.. options.ApiKeys.Select(Digest)];
        _bearerTokens = [.. options.BearerTokens.Select(Digest)];
        _basicCredentials = [.. options.BasicCredentials.Select(basic => Digest($"{basic.UserName}:{basic.Password}"))];
    }

    /// <summary>The header of API keys; <see langword="null"/> where none would be accepted.</summary>
    public string? ApiKeyHeader => _apiKeys.Length > 0 ? _apiKeyHeader : null;

    public bool TakesBearer => _bearerTokens.Length > 0;

    public bool TakesBasic => _basicCredentials.Length > 0;

    public bool Accept(IHeaderDictionary headers)
    {
        var accepted = false;
        if (_apiKeys.Length > 0 && headers[_apiKeyHeader] is [{ } apiKey])
            accepted |= IsAmong(_apiKeys, apiKey);
        if (headers.Authorization is [{ } authorization])
            accepted |= AcceptAuthorization(authorization);

        return accepted;
    }

    private bool AcceptAuthorization(ReadOnlySpan<char> authorization)
    {
        var space = authorization.IndexOf(' ');
        if (space < 0)
            return false;

        var credential = authorization[(space + 1)..].Trim(' ');
        return authorization[..space] switch
        {
            var name when name.Equals("Bearer", StringComparison.OrdinalIgnoreCase) =>
                IsAmong(_bearerTokens, credential),
            var name when name.Equals("Basic", StringComparison.OrdinalIgnoreCase) => AcceptBasic(credential),
            _ => false,
        };
    }

    private bool AcceptBasic(ReadOnlySpan<char> credential)
    {
        if (_basicCredentials.Length == 0 || credential.Length > MaxLength)
            return false;

        var bytes = ArrayPool<byte>.Shared.Rent(MaxLength);
        try
        {
            return Convert.TryFromBase64Chars(credential, bytes, out var written)
                && IsAmong(_basicCredentials, bytes.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static bool IsAmong(byte[][] digests, ReadOnlySpan<char> credential)
    {
        if (digests.Length == 0 || credential.Length > MaxLength)
            return false;

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(credential.Length));
        try
        {
            return IsAmong(digests, bytes.AsSpan(0, Encoding.UTF8.GetBytes(credential, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static bool IsAmong(byte[][] digests, ReadOnlySpan<byte> credential)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(credential, digest);
        var found = false;
        foreach (var accepted in digests)
            found |= CryptographicOperations.FixedTimeEquals(accepted, digest);

        return found;
    }

    private static byte[] Digest(string credential) => SHA256.HashData(Encoding.UTF8.GetBytes(credential));
}
