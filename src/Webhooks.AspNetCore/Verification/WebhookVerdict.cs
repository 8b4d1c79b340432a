namespace Webhooks;

/// <summary>What became of a request to a protected route. Only one value lets it through, and it isn't the
/// default.</summary>
internal enum WebhookVerdict
{
    Refused,
    Verified,
    MissingHeader,
    DuplicateHeader,
    MalformedHeader,
    MalformedTimestamp,
    TimestampTooOld,
    TimestampTooNew,
    MalformedSignature,
    UnsupportedVersion,
    TooManySignatures,
    SignatureMismatch,
    NoActiveSecret,
    MethodNotAllowed,
    AddressNotAllowed,
    ContentTypeNotAllowed,
    EncodedBody,
    BodyTooLarge,
    Unauthorized,
    NoSecret,
    BodyTooSlow,
    BrokenBody,
    BodyReadBefore,
    ClientGone,
    SecretsUnavailable,
    SourceUnusable,
    SourceUnknown,
    VerificationFailed,
}
