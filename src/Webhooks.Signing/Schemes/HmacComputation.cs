using System.Security.Cryptography;

namespace Webhooks;

/// <summary>The HMACs of one content under several keys, each computed once however many signatures are
/// compared.</summary>
internal sealed class HmacComputation(HmacAlgorithm algorithm) : SignatureComputation
{
    private const int MaximumLength = 64;

    // Each call into the platform's hash costs as much as hashing a few hundred bytes, so small pieces are gathered.
    private const int GatheredLength = 2048;

    private readonly int _length = LengthOf(algorithm);
    private Entry[] _entries = new Entry[1];
    private byte[] _signatures = new byte[MaximumLength];
    private readonly byte[] _gathered = new byte[GatheredLength];
    private int _gatheredCount;
    private int _count;

    public static int LengthOf(HmacAlgorithm algorithm) => algorithm switch
    {
        HmacAlgorithm.Sha256 => HMACSHA256.HashSizeInBytes,
        HmacAlgorithm.Sha1 => 20,
        HmacAlgorithm.Sha512 => HMACSHA512.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public override void AddKey(SigningSecret secret)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
            Array.Resize(ref _signatures, _count * 2 * MaximumLength);
        }

        _entries[_count] = new Entry(secret.Key, secret.Key.RentHash(algorithm), false);
        _count++;
    }

    public override void Append(ReadOnlySpan<byte> content)
    {
        if (content.Length > GatheredLength - _gatheredCount)
        {
            Flush();
        }

        if (content.Length > GatheredLength)
        {
            Hash(content);
            return;
        }

        content.CopyTo(_gathered.AsSpan(_gatheredCount));
        _gatheredCount += content.Length;
    }

    public override void Sign(int key, Span<byte> signature) => Finish(key).CopyTo(signature);

    public override bool Matches(int key, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(Finish(key), signature);

    public override void Reset()
    {
        for (var key = 0; key < _count; key++)
        {
            // Finishing is what empties a hash.
            Finish(key);
            _entries[key].Key.ReturnHash(algorithm, _entries[key].Hash);
            _entries[key] = default;
        }

        CryptographicOperations.ZeroMemory(_signatures);
        (_count, _gatheredCount) = (0, 0);
    }

    private ReadOnlySpan<byte> Finish(int key)
    {
        ref var entry = ref _entries[key];
        var signature = _signatures.AsSpan(key * MaximumLength, _length);
        if (!entry.Finished)
        {
            Flush();
            entry.Hash.GetHashAndReset(signature);
            entry.Finished = true;
        }

        return signature;
    }

    private void Flush()
    {
        if (_gatheredCount > 0)
        {
            Hash(_gathered.AsSpan(0, _gatheredCount));
            _gatheredCount = 0;
        }
    }

    private void Hash(ReadOnlySpan<byte> content)
    {
        foreach (ref var entry in _entries.AsSpan(0, _count))
        {
            entry.Hash.AppendData(content);
            // A hash that gets content after it was finished must be emptied again before somebody else has it.
            entry.Finished = false;
        }
    }

    private record struct Entry(SecretKey Key, IncrementalHash Hash, bool Finished);
}
