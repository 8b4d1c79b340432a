using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>
/// What requests must have in common to share connections: the policy and the client certificate. Make it once for an
/// endpoint and set it as <see cref="Option"/> on each of its requests.
/// </summary>
internal sealed class ConnectionKey : IEquatable<ConnectionKey>
{
    public static readonly HttpRequestOptionsKey<ConnectionKey> Option = new("Webhooks.ConnectionKey");

    private readonly string? _thumbprint;
    private readonly int _hashCode;

    public ConnectionKey(NetworkPolicy policy, X509Certificate2? clientCertificate = null)
    {
        Policy = policy;
        ClientCertificate = clientCertificate;
        _thumbprint = clientCertificate?.GetCertHashString(HashAlgorithmName.SHA256);
        _hashCode = HashCode.Combine(policy, _thumbprint);
    }

    public NetworkPolicy Policy { get; }

    public X509Certificate2? ClientCertificate { get; }

    public bool Equals(ConnectionKey? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hashCode == other._hashCode && _thumbprint == other._thumbprint
            && Policy.Equals(other.Policy));

    /// <summary>The key a request asks for; null for the usual connections.</summary>
    /// <remarks>Options cost an object a request, so requests that need no key of their own have none to look
    /// at.</remarks>
    public static ConnectionKey? Of(HttpRequestMessage request) =>
        request is WebhookRequest { HasConnectionKey: false } || !request.Options.TryGetValue(Option, out var key)
            ? null
            : key;

    public override bool Equals(object? obj) => Equals(obj as ConnectionKey);

    public override int GetHashCode() => _hashCode;
}
