using System.Runtime.CompilerServices;

namespace Webhooks;

/// <summary>Keeps what the platform made of keys, a few copies of each, since one must not be used by two threads at
/// once.</summary>
internal sealed class ImportedKeys<T>(Func<SigningSecret, T> import)
    where T : class, IDisposable
{
    private readonly ConditionalWeakTable<SigningSecret, Pool<T>> _pools = [];

    public T Rent(SigningSecret secret)
    {
        // Asks the secret first, so that a disposed one is not served from memory.
        _ = secret.RevealKey();
        return _pools.GetOrCreateValue(secret).TryRent() ?? import(secret);
    }

    public void Return(SigningSecret secret, T key)
    {
        if (!_pools.GetOrCreateValue(secret).TryReturn(key))
            key.Dispose();
    }
}
