using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Names and statuses of verdicts.</summary>
internal static class WebhookVerdicts
{
    public static WebhookVerdict From(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.Verified => WebhookVerdict.Verified,
        VerificationOutcome.MissingHeader => WebhookVerdict.MissingHeader,
        VerificationOutcome.DuplicateHeader => WebhookVerdict.DuplicateHeader,
        VerificationOutcome.MalformedHeader => WebhookVerdict.MalformedHeader,
        VerificationOutcome.MalformedTimestamp => WebhookVerdict.MalformedTimestamp,
        VerificationOutcome.TimestampTooOld => WebhookVerdict.TimestampTooOld,
        VerificationOutcome.TimestampTooNew => WebhookVerdict.TimestampTooNew,
        VerificationOutcome.MalformedSignature => WebhookVerdict.MalformedSignature,
        VerificationOutcome.UnsupportedVersion => WebhookVerdict.UnsupportedVersion,
        VerificationOutcome.TooManySignatures => WebhookVerdict.TooManySignatures,
        VerificationOutcome.SignatureMismatch => WebhookVerdict.SignatureMismatch,
        VerificationOutcome.NoActiveSecret => WebhookVerdict.NoActiveSecret,
        VerificationOutcome.KeyUnavailable => WebhookVerdict.KeyUnavailable,
        VerificationOutcome.MalformedBody => WebhookVerdict.MalformedBody,
        VerificationOutcome.UntrustedKey => WebhookVerdict.UntrustedKey,
        VerificationOutcome.UnsupportedAlgorithm => WebhookVerdict.UnsupportedAlgorithm,
        VerificationOutcome.ContentMismatch => WebhookVerdict.ContentMismatch,
        VerificationOutcome.UnknownKey => WebhookVerdict.UnknownKey,
        VerificationOutcome.InsufficientCoverage => WebhookVerdict.InsufficientCoverage,
        _ => WebhookVerdict.Refused,
    };

    /// <summary>All that has to do with proof is one status, so that a stranger can't tell what was wrong with
    /// it.</summary>
    public static int StatusOf(WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        WebhookVerdict.AddressNotAllowed => StatusCodes.Status403Forbidden,
        WebhookVerdict.TooManyFailures => StatusCodes.Status429TooManyRequests,
        WebhookVerdict.ContentTypeNotAllowed or WebhookVerdict.EncodedBody => StatusCodes.Status415UnsupportedMediaType,
        WebhookVerdict.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        WebhookVerdict.BodyTooSlow => StatusCodes.Status408RequestTimeout,
        WebhookVerdict.BrokenBody or WebhookVerdict.ClientGone => StatusCodes.Status400BadRequest,
        WebhookVerdict.SecretsUnavailable or WebhookVerdict.SourceUnusable or WebhookVerdict.KeyUnavailable
            or WebhookVerdict.CallersUnknown => StatusCodes.Status503ServiceUnavailable,
        WebhookVerdict.BodyReadBefore or WebhookVerdict.SourceUnknown or WebhookVerdict.VerificationFailed =>
            StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status401Unauthorized,
    };

    /// <summary>Whether a request cost the work of verifying it, or part of that, and proved nothing.</summary>
    public static bool IsFailure(WebhookVerdict verdict) => StatusOf(verdict)
        is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized
        or StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge;

    /// <summary>The name in logs and metrics.</summary>
    public static string NameOf(WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.Verified => "verified",
        WebhookVerdict.MissingHeader => "missing_header",
        WebhookVerdict.DuplicateHeader => "duplicate_header",
        WebhookVerdict.MalformedHeader => "malformed_header",
        WebhookVerdict.MalformedTimestamp => "malformed_timestamp",
        WebhookVerdict.TimestampTooOld => "timestamp_too_old",
        WebhookVerdict.TimestampTooNew => "timestamp_too_new",
        WebhookVerdict.MalformedSignature => "malformed_signature",
        WebhookVerdict.UnsupportedVersion => "unsupported_version",
        WebhookVerdict.TooManySignatures => "too_many_signatures",
        WebhookVerdict.SignatureMismatch => "signature_mismatch",
        WebhookVerdict.NoActiveSecret => "no_active_secret",
        WebhookVerdict.KeyUnavailable => "key_unavailable",
        WebhookVerdict.MalformedBody => "malformed_body",
        WebhookVerdict.UntrustedKey => "untrusted_key",
        WebhookVerdict.UnsupportedAlgorithm => "unsupported_algorithm",
        WebhookVerdict.ContentMismatch => "content_mismatch",
        WebhookVerdict.UnknownKey => "unknown_key",
        WebhookVerdict.InsufficientCoverage => "insufficient_coverage",
        WebhookVerdict.MethodNotAllowed => "method_not_allowed",
        WebhookVerdict.AddressNotAllowed => "address_not_allowed",
        WebhookVerdict.CallersUnknown => "callers_unknown",
        WebhookVerdict.TooManyFailures => "too_many_failures",
        WebhookVerdict.ContentTypeNotAllowed => "content_type_not_allowed",
        WebhookVerdict.EncodedBody => "encoded_body",
        WebhookVerdict.BodyTooLarge => "body_too_large",
        WebhookVerdict.Unauthorized => "unauthorized",
        WebhookVerdict.NoSecret => "no_secret",
        WebhookVerdict.BodyTooSlow => "body_too_slow",
        WebhookVerdict.BrokenBody => "broken_body",
        WebhookVerdict.BodyReadBefore => "body_read_before",
        WebhookVerdict.ClientGone => "client_gone",
        WebhookVerdict.SecretsUnavailable => "secrets_unavailable",
        WebhookVerdict.SourceUnusable => "source_unusable",
        WebhookVerdict.SourceUnknown => "source_unknown",
        WebhookVerdict.VerificationFailed => "verification_failed",
        _ => "refused",
    };
}
