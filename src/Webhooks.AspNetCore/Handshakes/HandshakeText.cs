using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>What of a stranger's text may come back in an answer.</summary>
internal static class HandshakeText
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> EchoCharacters = SearchValues.Create(
        "-_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a text is so plain that it can be neither a JSON object nor the signed content of any scheme,
    /// so that a signature of it is of no use to anybody.</summary>
    public static bool IsPlain([NotNullWhen(true)] string? text, int maximumLength = 128) =>
        text is { Length: > 0 } && text.Length <= maximumLength && !text.AsSpan().ContainsAnyExcept(PlainCharacters);

    /// <summary>Whether a text can be echoed.</summary>
    public static bool IsEcho([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 256 } && !text.AsSpan().ContainsAnyExcept(EchoCharacters);

    /// <summary>Whether a text is one line of printable ASCII without the brackets that make a tag.</summary>
    public static bool IsLine([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 1024 }
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        && !text.AsSpan().ContainsAny('<', '>');

    /// <summary>A parameter of the query that is there once.</summary>
    public static bool TryFindParameter(HttpRequest request, string name, [NotNullWhen(true)] out string? value)
    {
        var values = request.Query[name];
        value = values.Count == 1 ? values[0] : null;
        return value is not null;
    }

    /// <summary>Compares two secrets in a time that says nothing of either.</summary>
    public static bool IsSame(string expected, string shown) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
}
