namespace Webhooks;

/// <summary>What came of a verification. Every value but <see cref="Verified"/> means no.</summary>
public enum VerificationOutcome
{
    /// <summary>Refused for a reason of the scheme's own.</summary>
    Refused,

    /// <summary>A signature matches, and the timestamp, if the scheme has one, lies within the tolerance.</summary>
    Verified,

    /// <summary>A header that the scheme needs is absent or blank.</summary>
    MissingHeader,

    /// <summary>A header that may occur once occurs more often.</summary>
    DuplicateHeader,

    /// <summary>A header isn't of the scheme's form.</summary>
    MalformedHeader,

    /// <summary>The timestamp isn't of the scheme's form.</summary>
    MalformedTimestamp,

    /// <summary>The timestamp lies further in the past than the tolerance allows: an old message, or a
    /// replay.</summary>
    TimestampTooOld,

    /// <summary>The timestamp lies further in the future than the tolerance allows: a clock is wrong.</summary>
    TimestampTooNew,

    /// <summary>No signature is of the scheme's form.</summary>
    MalformedSignature,

    /// <summary>There are signatures, none of a version that the scheme knows.</summary>
    UnsupportedVersion,

    /// <summary>There are more signatures than the scheme looks at.</summary>
    TooManySignatures,

    /// <summary>No signature matches: another secret, or the request was changed on its way.</summary>
    SignatureMismatch,

    /// <summary>No secret is active at this time, so nothing can be verified.</summary>
    NoActiveSecret,

    /// <summary>The key that the signature needs could not be fetched, so nothing can be verified now: the sender
    /// should try again later.</summary>
    KeyUnavailable,

    /// <summary>The body isn't of the form in which the scheme finds what is signed.</summary>
    MalformedBody,

    /// <summary>The request names a key, a certificate or a topic that this receiver doesn't trust.</summary>
    UntrustedKey,

    /// <summary>The signature is made with an algorithm that the scheme doesn't take.</summary>
    UnsupportedAlgorithm,

    /// <summary>The body differs from the digest of it that is signed.</summary>
    ContentMismatch,

    /// <summary>The signature names a key that this receiver doesn't have.</summary>
    UnknownKey,

    /// <summary>The signature doesn't cover everything that this receiver asks for.</summary>
    InsufficientCoverage,
}
