using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// How a message's bytes, id and time become headers, and back: the same object signs on one side and verifies on the
/// other. Derive from it for a scheme that neither <see cref="HmacSignatureScheme"/> nor a package offers.
/// </summary>
/// <remarks>A scheme is immutable and safe for use by many threads at once.</remarks>
public abstract class SignatureScheme
{
    /// <summary>The tolerance of schemes that don't say otherwise: five minutes.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Names a scheme.</summary>
    /// <param name="name">A short name in lower case for configuration, logs and metrics, such as
    /// <c>github</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    protected SignatureScheme(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The scheme's short name.</summary>
    public string Name { get; }

    /// <summary>How far a timestamp may lie from the receiver's clock, where the context doesn't say.</summary>
    /// <value>The default is five minutes.</value>
    public virtual TimeSpan Tolerance => DefaultTolerance;

    /// <summary>Where the message id and the event type are found.</summary>
    public virtual MessageFields Fields => MessageFields.None;

    /// <summary>
    /// Whether the signature covers the message id. Only then can a replayed message be told by its id; else whoever
    /// replays one can change the id.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public virtual bool SignsId => false;

    /// <summary>Whether the scheme signs the URL, so that a verification has to be given it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public virtual bool SignsUrl => false;

    /// <summary>Whether the signature covers the timestamp, where a verification finds one, so that nobody on the way
    /// can change it.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public virtual bool SignsTimestamp => true;

    /// <summary>Whether the sender shows the secret instead of signing with it. Then nothing is signed, and whoever sees
    /// one request can send any other; for everyone else all of it is as certain as the secret.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public virtual bool ShowsSecret => false;

    /// <summary>The names of the headers that <see cref="Sign"/> writes, so that nobody else sets them.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>Reads a secret as this scheme's users write it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="FormatException">The text isn't a secret of this scheme; the message doesn't quote
    /// it.</exception>
    public abstract SigningSecret ParseSecret(string text);

    /// <summary>Checks that a secret can serve this scheme, so that a wrong one is found at start.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="use">What it is wanted for.</param>
    /// <exception cref="ArgumentException">The secret can't serve; the message says why.</exception>
    public abstract void CheckSecret(SigningSecret secret, SecretUse use);

    /// <summary>Signs a message: writes its id, time and signatures as headers.</summary>
    /// <param name="context">What the signature may cover besides the body, and the secrets.</param>
    /// <param name="body">The body, exactly as it will be sent.</param>
    /// <param name="headers">Takes the headers.</param>
    /// <exception cref="InvalidOperationException">No secret is active, or the context lacks what the scheme
    /// signs.</exception>
    public abstract void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers);

    /// <summary>
    /// Looks at the headers and the clock, and either refuses before a byte of the body is read, or hands out a
    /// verification to feed with the body. Never throws for anything that a stranger sent.
    /// </summary>
    /// <param name="context">The headers, the clock and the secrets.</param>
    /// <param name="verification">The verification; dispose of it.</param>
    /// <param name="refusal">The refusal, if there is no verification.</param>
    /// <returns>Whether the body is worth reading.</returns>
    public abstract bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal);

    /// <summary>Verifies a request whose body is at hand.</summary>
    /// <param name="context">The headers, the clock and the secrets.</param>
    /// <param name="body">The body, exactly as it was received.</param>
    /// <returns>Verified, or the exact reason why not.</returns>
    public VerificationResult Verify(in VerificationContext context, ReadOnlySpan<byte> body)
    {
        if (!TryBeginVerification(context, out var verification, out var refusal))
        {
            return refusal;
        }

        using (verification)
        {
            verification.Append(body);
            return verification.Complete();
        }
    }

    /// <summary>Verifies a request whose body is at hand in pieces.</summary>
    /// <param name="context">The headers, the clock and the secrets.</param>
    /// <param name="body">The body, exactly as it was received.</param>
    /// <returns>Verified, or the exact reason why not.</returns>
    public VerificationResult Verify(in VerificationContext context, in ReadOnlySequence<byte> body)
    {
        if (!TryBeginVerification(context, out var verification, out var refusal))
        {
            return refusal;
        }

        using (verification)
        {
            foreach (var piece in body)
            {
                verification.Append(piece.Span);
            }

            return verification.Complete();
        }
    }

    /// <summary>The scheme's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
