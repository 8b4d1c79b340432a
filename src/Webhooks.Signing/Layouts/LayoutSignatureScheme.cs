using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// A scheme whose headers and signed content are described by a <see cref="SignatureLayout"/>. What is left to derived
/// classes is the algorithm; <see cref="HmacSignatureScheme"/> is the one that nearly everybody uses.
/// </summary>
public abstract class LayoutSignatureScheme : SignatureScheme
{
    private readonly Pool<LayoutVerification> _verifications = new();
    private readonly Pool<SignatureComputation> _computations = new();
    private readonly SignatureHeaderComposer _composer;

    /// <summary>Makes a scheme of a layout.</summary>
    /// <param name="name">A short name in lower case.</param>
    /// <param name="layout">The headers and the signed content.</param>
    /// <param name="signatureLength">The length of a signature in bytes: every signature has exactly this
    /// length.</param>
    /// <exception cref="ArgumentException">The layout doesn't fit together; the message names the property.</exception>
    protected LayoutSignatureScheme(string name, SignatureLayout layout, int signatureLength)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(signatureLength);
        layout.Check();
        Layout = layout;
        SignatureLength = signatureLength;
        Template = new ContentTemplate(layout.SignedContent);
        SignatureHeaders = [layout.SignatureHeader, .. layout.FurtherSignatureHeaders];
        string?[] others = [layout.Fields.IdHeader, layout.TimestampHeader, layout.Fields.EventTypeHeader];
        Headers = [.. others.OfType<string>(), .. SignatureHeaders];
        _composer = new SignatureHeaderComposer(layout, signatureLength);
    }

    /// <summary>The headers and the signed content.</summary>
    public SignatureLayout Layout { get; }

    /// <inheritdoc/>
    public sealed override TimeSpan Tolerance => Layout.Tolerance;

    /// <inheritdoc/>
    public sealed override MessageFields Fields => Layout.Fields;

    /// <inheritdoc/>
    /// <remarks>It does where the signed content has <c>{id}</c>, and where the id is a property of the body, which is
    /// always signed.</remarks>
    public sealed override bool SignsId => Template.SignsId || Fields is { IdHeader: null, IdProperty: not null };

    /// <inheritdoc />
    public sealed override bool SignsUrl => Template.SignsUrl;

    /// <inheritdoc />
    public sealed override bool SignsTimestamp => Template.SignsTimestamp;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Headers { get; }

    internal int SignatureLength { get; }

    internal ContentTemplate Template { get; }

    internal string[] SignatureHeaders { get; }

    /// <inheritdoc/>
    public sealed override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (Template.SignsUrl && context.Url is null)
        {
            throw new InvalidOperationException($"The scheme '{Name}' signs the URL. Set SigningContext.Url.");
        }

        var computation = _computations.TryRent() ?? CreateComputation();
        try
        {
            var keys = AddActiveKeys(computation, context.Secrets, context.Timestamp, SecretUse.Sign, null);
            if (keys == 0)
            {
                throw new InvalidOperationException("No signing secret is active at this time. Add one, or widen a "
                    + "secret's validity.");
            }

            Compute(computation, keys, context, body, headers);
        }
        finally
        {
            computation.Reset();
            _computations.TryReturn(computation);
        }
    }

    /// <inheritdoc/>
    public sealed override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        var rented = _verifications.TryRent() ?? new LayoutVerification(this, CreateComputation());
        var outcome = rented.Begin(context);
        if (outcome == VerificationOutcome.Verified)
        {
            (verification, refusal) = (rented, default);
            return true;
        }

        rented.Dispose();
        (verification, refusal) = (null, VerificationResult.Refuse(outcome));
        return false;
    }

    /// <summary>Makes a computation, which will be used for many messages in turn.</summary>
    /// <returns>A computation without keys or content.</returns>
    protected abstract SignatureComputation CreateComputation();

    internal string? FormUrl(string? url) => url is null || Layout.UrlForm is null ? url : Layout.UrlForm(url);

    internal void Return(LayoutVerification verification) => _verifications.TryReturn(verification);

    internal int AddActiveKeys(
        SignatureComputation computation,
        IReadOnlyList<SigningSecret> secrets,
        DateTimeOffset at,
        SecretUse use,
        List<SigningSecret>? added)
    {
        var keys = 0;
        for (var index = 0; index < secrets.Count; index++)
        {
            if (secrets[index].IsActive(at))
            {
                CheckSecret(secrets[index], use);
                computation.AddKey(secrets[index]);
                added?.Add(secrets[index]);
                keys++;
            }
        }

        return keys;
    }

    private void Compute(
        SignatureComputation computation, int keys, in SigningContext context, ReadOnlySpan<byte> body,
        ISignatureHeaderWriter headers)
    {
        var timestamp = Layout.HasTimestamp ? TimestampText.Write(Layout.TimestampFormat, context.Timestamp) : null;
        var values = new ContentValues
        {
            Id = context.MessageId.Value,
            Timestamp = timestamp,
            Method = context.Method,
            Url = FormUrl(context.Url),
        };
        Template.AppendBeforeBody(computation, values);
        computation.Append(body);
        Template.AppendAfterBody(computation, values);
        WriteAttributes(context, timestamp, headers);
        _composer.Write(computation, keys, timestamp, SignatureHeaders, headers);
    }

    private void WriteAttributes(in SigningContext context, string? timestamp, ISignatureHeaderWriter headers)
    {
        if (Fields.IdHeader is not null)
        {
            headers.Write(Fields.IdHeader, context.MessageId.Value);
        }

        if (Layout.TimestampHeader is not null)
        {
            headers.Write(Layout.TimestampHeader, timestamp!);
        }

        if (Fields.EventTypeHeader is not null && context.EventType is not null)
        {
            headers.Write(Fields.EventTypeHeader, context.EventType);
        }
    }
}
