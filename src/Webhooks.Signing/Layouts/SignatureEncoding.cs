namespace Webhooks;

/// <summary>How the bytes of a signature are written in a header.</summary>
public enum SignatureEncoding
{
    /// <summary>Base64 with padding (RFC 4648, section 4). Only the canonical form is accepted.</summary>
    Base64,

    /// <summary>Hexadecimal digits; written in lower case, read in either.</summary>
    Hex,

    /// <summary>Base64 of the URL-safe alphabet without padding (RFC 4648, section 5).</summary>
    Base64Url,
}
