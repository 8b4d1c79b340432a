using System.Buffers;

namespace Webhooks;

/// <summary>The grammar of HTTP's names: methods and headers.</summary>
internal static class Token
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsToken(string? text) =>
        !string.IsNullOrEmpty(text) && !text.AsSpan().ContainsAnyExcept(Characters);
}
