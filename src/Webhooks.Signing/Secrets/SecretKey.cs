using System.Security.Cryptography;

namespace Webhooks;

/// <summary>
/// The bytes of a key, kept where the garbage collector won't copy them, and the keyed hashes made from them. Keeping
/// a keyed hash saves the two blocks that HMAC would otherwise hash anew for every message.
/// </summary>
internal sealed class SecretKey : IDisposable
{
    private readonly byte[] _bytes;
    private readonly Pool<IncrementalHash>?[] _hashes = new Pool<IncrementalHash>?[3];
    private volatile bool _disposed;

    public SecretKey(byte[] bytes)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_bytes, 0);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <exception cref="ObjectDisposedException">The secret has been disposed of.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SigningSecret));
            return _bytes;
        }
    }

    public IncrementalHash RentHash(HmacAlgorithm algorithm)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SigningSecret));
        return _hashes[(int)algorithm]?.TryRent() ?? IncrementalHash.CreateHMAC(Name(algorithm), Bytes);
    }

    /// <summary>Takes back a hash that holds no data.</summary>
    public void ReturnHash(HmacAlgorithm algorithm, IncrementalHash hash)
    {
        var pool = _hashes[(int)algorithm]
            ?? Interlocked.CompareExchange(ref _hashes[(int)algorithm], new Pool<IncrementalHash>(), null)
            ?? _hashes[(int)algorithm]!;
        if (!pool.TryReturn(hash))
        {
            hash.Dispose();
        }

        if (_disposed)
        {
            Empty(pool);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
        foreach (var pool in _hashes)
        {
            Empty(pool);
        }
    }

    private static void Empty(Pool<IncrementalHash>? pool)
    {
        while (pool?.TryRent() is { } hash)
        {
            hash.Dispose();
        }
    }

    private static HashAlgorithmName Name(HmacAlgorithm algorithm) => algorithm switch
    {
        HmacAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        HmacAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
