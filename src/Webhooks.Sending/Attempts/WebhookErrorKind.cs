namespace Webhooks;

/// <summary>Why an attempt failed. Stores keep the number.</summary>
public enum WebhookErrorKind
{
    /// <summary>It didn't fail: the receiver answered 2xx.</summary>
    None = 0,

    /// <summary>An error that fits nothing else; see <see cref="WebhookAttempt.ErrorMessage"/>.</summary>
    Unknown = 1,

    /// <summary>The attempt's time ran out before the receiver's status line had come.</summary>
    Timeout = 2,

    /// <summary>No connection could be made in the time for connecting.</summary>
    ConnectTimeout = 3,

    /// <summary>The host's name couldn't be resolved.</summary>
    NameResolution = 4,

    /// <summary>Nobody listens at the address and port.</summary>
    ConnectionRefused = 5,

    /// <summary>No connection could be made for another reason, such as an unreachable network.</summary>
    ConnectionFailed = 6,

    /// <summary>The receiver closed the connection before it had answered.</summary>
    ConnectionReset = 7,

    /// <summary>TLS failed: an untrusted or expired certificate, another name, or no common version.</summary>
    TlsFailure = 8,

    /// <summary>The network guard refused the URL, which isn't tried again, or an address of the host.</summary>
    AddressRefused = 9,

    /// <summary>The receiver answered with a redirect, which is never followed; see
    /// <see cref="WebhookAttempt.RedirectTarget"/>.</summary>
    Redirect = 10,

    /// <summary>The receiver answered with a status other than 2xx and 3xx.</summary>
    HttpStatus = 11,

    /// <summary>The receiver's answer wasn't HTTP as it should be, or had too many headers.</summary>
    ResponseInvalid = 12,

    /// <summary>The credentials couldn't be had, for instance because the token endpoint failed.</summary>
    AuthorizationFailed = 13,

    /// <summary>The request couldn't be signed, for instance because no secret is valid now.</summary>
    SigningFailed = 14,

    /// <summary>The message and the endpoint don't go together, for instance because both claim a header. Not
    /// retried.</summary>
    RequestInvalid = 15,

    /// <summary>In an inbox: the application's handler threw, or didn't end in its time.</summary>
    HandlerFailed = 16,

    /// <summary>In an inbox: no handler takes such a webhook, or what it takes isn't what the payload holds. Not
    /// retried.</summary>
    NotHandled = 17,
}
