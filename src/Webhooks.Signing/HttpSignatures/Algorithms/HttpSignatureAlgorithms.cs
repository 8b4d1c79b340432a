namespace Webhooks;

/// <summary>The algorithms of HTTP message signatures that the base class library has.</summary>
public static class HttpSignatureAlgorithms
{
    /// <summary><c>hmac-sha256</c> (RFC 9421, section 3.3.3), with a shared secret.</summary>
    public static HttpSignatureAlgorithm HmacSha256 { get; } = new HmacHttpSignatureAlgorithm();

    /// <summary><c>ecdsa-p256-sha256</c> (RFC 9421, section 3.3.4), with a key on the curve P-256.</summary>
    public static HttpSignatureAlgorithm EcdsaP256Sha256 { get; } = new EcdsaHttpSignatureAlgorithm();

    /// <summary><c>rsa-pss-sha512</c> (RFC 9421, section 3.3.1), with an RSA key of 2048 to 8192 bits.</summary>
    public static HttpSignatureAlgorithm RsaPssSha512 { get; } = RsaHttpSignatureAlgorithm.Pss;

    /// <summary>
    /// <c>rsa-v1_5-sha256</c> (RFC 9421, section 3.3.2), with an RSA key of 2048 to 8192 bits. For senders that can do
    /// no better; it isn't among the defaults.
    /// </summary>
    public static HttpSignatureAlgorithm RsaV15Sha256 { get; } = RsaHttpSignatureAlgorithm.V15;
}
