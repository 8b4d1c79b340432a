namespace Webhooks;

/// <summary>What came of a verification, and what the verified request said of itself.</summary>
public readonly struct VerificationResult
{
    private VerificationResult(
        VerificationOutcome outcome, SigningSecret? secret, string? messageId, DateTimeOffset? timestamp)
    {
        (Outcome, Secret, MessageId, Timestamp) = (outcome, secret, messageId, timestamp);
    }

    /// <summary>What came of it, or the exact reason of the refusal.</summary>
    public VerificationOutcome Outcome { get; }

    /// <summary>Whether the request was signed with an active secret and is fresh.</summary>
    public bool IsVerified => Outcome == VerificationOutcome.Verified;

    /// <summary>The secret whose signature matched; <see langword="null"/> unless verified.</summary>
    public SigningSecret? Secret { get; }

    /// <summary>The message id, where the scheme has one in a header; <see langword="null"/> unless verified.</summary>
    public string? MessageId { get; }

    /// <summary>When the sender signed, where the scheme says so; <see langword="null"/> unless verified.</summary>
    public DateTimeOffset? Timestamp { get; }

    /// <summary>
    /// A SHA-256 digest of all that was signed, from schemes whose signature also holds for other bytes than those
    /// received: forms in another order, JSON and URLs that are written in another way, certain fields of the body.
    /// Whoever recorded a webhook could write it in many ways, but not change this.
    /// </summary>
    /// <value>Empty, the default, where the signature covers the body byte for byte.</value>
    public ReadOnlyMemory<byte> ContentDigest { get; init; }

    /// <summary>A refusal.</summary>
    /// <param name="reason">Why; anything but <see cref="VerificationOutcome.Verified"/>.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is
    /// <see cref="VerificationOutcome.Verified"/>.</exception>
    public static VerificationResult Refuse(VerificationOutcome reason) => reason == VerificationOutcome.Verified
        ? throw new ArgumentException("A refusal needs a reason.", nameof(reason))
        : new VerificationResult(reason, null, null, null);

    /// <summary>A success.</summary>
    /// <param name="secret">The secret whose signature matched.</param>
    /// <param name="messageId">The message id, or <see langword="null"/> if the scheme has none.</param>
    /// <param name="timestamp">When the sender signed, or <see langword="null"/> if the scheme doesn't say.</param>
    /// <returns>The result.</returns>
    public static VerificationResult Accept(SigningSecret secret, string? messageId, DateTimeOffset? timestamp)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return new VerificationResult(VerificationOutcome.Verified, secret, messageId, timestamp);
    }

    /// <summary>The outcome's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Outcome.ToString();
}
