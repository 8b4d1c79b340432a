using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary>
/// Identifies a message. It goes with every attempt of every delivery of that message (as <c>webhook-id</c>), so that
/// a receiver can recognise a message it has seen before.
/// </summary>
/// <remarks>
/// An id is 1 to 128 visible ASCII characters without the full stop, which parts the signed content and would make it
/// ambiguous (Standard Webhooks specification, section "Signature scheme").
/// </remarks>
public readonly struct MessageId : IEquatable<MessageId>
{
    /// <summary>The greatest length of an id: 128 characters.</summary>
    public const int MaximumLength = 128;

    private const string Prefix = "msg_";
    private const int TimeLength = 8;
    private const int RandomLength = 16;
    private const string Alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(character => character != '.')]);

    private readonly string? _value;

    private MessageId(string value) => _value = value;

    /// <summary>The id as text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Makes a new id: <c>msg_</c>, the time in 8 letters and digits, and 16 random ones (95 bits).</summary>
    /// <remarks>Ids sort by the millisecond they were made in, so that a database's index of them grows at its end
    /// instead of being written all over.</remarks>
    /// <returns>An id that has not been used before.</returns>
    public static MessageId New() => new(string.Create(
        Prefix.Length + TimeLength + RandomLength,
        (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        static (text, time) =>
        {
            Prefix.CopyTo(text);
            for (var i = Prefix.Length + TimeLength - 1; i >= Prefix.Length; i--)
            {
                text[i] = Alphanumerics[(int)(time % (ulong)Alphanumerics.Length)];
                time /= (ulong)Alphanumerics.Length;
            }

            RandomNumberGenerator.GetItems(Alphanumerics, text[(Prefix.Length + TimeLength)..]);
        }));

    /// <summary>Reads an id from text.</summary>
    /// <param name="text">1 to 128 visible ASCII characters without the full stop.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is not an id.</exception>
    public static MessageId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException(
            $"A message id is 1 to {MaximumLength} visible ASCII characters without the full stop.");

    /// <summary>Reads an id from text, if it is one.</summary>
    /// <param name="text">The text; <see langword="null"/> is not an id.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether <paramref name="text"/> is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var valid = text is { Length: > 0 and <= MaximumLength } && !text.AsSpan().ContainsAnyExcept(Allowed);
        id = valid ? new MessageId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public bool Equals(MessageId other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MessageId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether two ids are the same, letter for letter.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator ==(MessageId left, MessageId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another id.</param>
    public static bool operator !=(MessageId left, MessageId right) => !left.Equals(right);
}
