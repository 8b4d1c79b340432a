using System.Buffers;
using System.Text;

namespace Webhooks;

/// <summary>The signed content as a list of parts before and after the body.</summary>
internal sealed class ContentTemplate
{
    private const int StackBytes = 256;

    private readonly Part[] _beforeBody;
    private readonly Part[] _afterBody;

    /// <exception cref="ArgumentException">The text has a token that doesn't exist, or not exactly one
    /// body.</exception>
    public ContentTemplate(string text)
    {
        var parts = Split(text).ToArray();
        var body = Array.FindIndex(parts, part => part.Token == Token.Body);
        if (body < 0 || Array.FindLastIndex(parts, part => part.Token == Token.Body) != body)
        {
            throw new ArgumentException("SignatureLayout.SignedContent needs {body} exactly once.", nameof(text));
        }

        _beforeBody = parts[..body];
        _afterBody = parts[(body + 1)..];
        SignsId = parts.Any(part => part.Token == Token.Id);
        SignsUrl = parts.Any(part => part.Token == Token.Url);
        SignsTimestamp = parts.Any(part => part.Token == Token.Timestamp);
    }

    private enum Token
    {
        Literal,
        Id,
        Timestamp,
        Method,
        Url,
        Body,
    }

    public bool SignsId { get; }

    public bool SignsUrl { get; }

    public bool SignsTimestamp { get; }

    public void AppendBeforeBody(SignatureComputation computation, in ContentValues values) =>
        Append(_beforeBody, computation, values);

    public void AppendAfterBody(SignatureComputation computation, in ContentValues values) =>
        Append(_afterBody, computation, values);

    // All parts go into one buffer, since each call into the hash costs about as much as hashing two blocks.
    private static void Append(Part[] parts, SignatureComputation computation, in ContentValues values)
    {
        if (parts.Length == 0)
        {
            return;
        }

        var maximum = 0;
        foreach (var part in parts)
        {
            maximum += part.Literal?.Length ?? Encoding.UTF8.GetMaxByteCount(part.Value(values).Length);
        }

        var rented = maximum > StackBytes ? ArrayPool<byte>.Shared.Rent(maximum) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Write(values, buffer[length..]);
        }

        computation.Append(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static IEnumerable<Part> Split(string text)
    {
        var rest = text;
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = rest.IndexOf('}', StringComparison.Ordinal);
            if (open != 0)
            {
                var literal = open < 0 ? rest : rest[..open];
                yield return new Part(Token.Literal, Encoding.UTF8.GetBytes(literal));
                rest = rest[literal.Length..];
                continue;
            }

            yield return new Part(Named(close < 0 ? rest : rest[1..close]), null);
            rest = rest[(close + 1)..];
        }
    }

    private static Token Named(string name) => name switch
    {
        "id" => Token.Id,
        "timestamp" => Token.Timestamp,
        "method" => Token.Method,
        "url" => Token.Url,
        "body" => Token.Body,
        _ => throw new ArgumentException(
            $"SignatureLayout.SignedContent has the unknown token '{name}'; there are {{id}}, {{timestamp}}, "
                + $"{{method}}, {{url}} and {{body}}.",
            nameof(name)),
    };

    private readonly record struct Part(Token Token, byte[]? Literal)
    {
        public int Write(in ContentValues values, Span<byte> buffer)
        {
            if (Literal is null)
            {
                return Encoding.UTF8.GetBytes(Value(values), buffer);
            }

            Literal.CopyTo(buffer);
            return Literal.Length;
        }

        public ReadOnlySpan<char> Value(in ContentValues values) => Token switch
        {
            Token.Id => values.Id,
            Token.Timestamp => values.Timestamp,
            Token.Method => values.Method,
            _ => values.Url,
        };
    }
}
