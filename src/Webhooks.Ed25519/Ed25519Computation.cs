using System.Buffers;
using NSec.Cryptography;

namespace Webhooks;

/// <summary>
/// The ed25519 signatures of one content. Signing reads the content twice, so pieces are gathered in a rented buffer.
/// </summary>
internal sealed class Ed25519Computation : SignatureComputation
{
    private readonly List<SigningSecret> _keys = [];
    private byte[] _content = [];
    private int _length;

    private ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    public override void AddKey(SigningSecret secret) => _keys.Add(secret);

    public override void Append(ReadOnlySpan<byte> content)
    {
        if (content.Length > _content.Length - _length)
        {
            Grow(checked(_length + content.Length));
        }

        content.CopyTo(_content.AsSpan(_length));
        _length += content.Length;
    }

    public override void Sign(int key, Span<byte> signature) =>
        SignatureAlgorithm.Ed25519.Sign(Ed25519Keys.PrivateKeyOf(_keys[key]), Content, signature);

    public override bool Matches(int key, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(Ed25519Keys.PublicKeyOf(_keys[key]), Content, signature);

    public override void Reset()
    {
        _keys.Clear();
        Return(_content);
        (_content, _length) = ([], 0);
    }

    private void Grow(int needed)
    {
        var doubled = (int)Math.Min(2L * _content.Length, Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, doubled));
        Content.CopyTo(larger);
        Return(_content);
        _content = larger;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
