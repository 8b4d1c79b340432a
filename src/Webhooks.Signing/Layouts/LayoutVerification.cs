using System.Buffers;

namespace Webhooks;

/// <summary>
/// One verification by a layout: reads the headers first, takes the body as it comes, and compares at the end every
/// signature with every active secret, without stopping early.
/// </summary>
internal sealed class LayoutVerification : SignatureVerification
{
    private readonly LayoutSignatureScheme _scheme;
    private readonly SignatureComputation _computation;
    private readonly List<SigningSecret> _secrets = [];
    private readonly byte[] _signatures;
    private readonly RentedBytes? _body;
    private int _signatureCount;
    private string? _messageId;
    private string? _timestampSource;
    private Range _timestamp;
    private long _timestampMilliseconds;
    private string _method = "";
    private string? _url;
    private DateTimeOffset _now;
    private TimeSpan _tolerance;
    private bool _rented;

    public LayoutVerification(LayoutSignatureScheme scheme, SignatureComputation computation)
    {
        // Of a URL there are several forms that one signature fits, and where it ends and the body begins the signature
        // doesn't say either.
        (_scheme, _computation) = (scheme, scheme.SignsUrl ? new ContentHash(computation) : computation);
        var headers = scheme.SignatureHeaders.Length;
        _signatures = new byte[scheme.SignatureLength * scheme.Layout.MaximumSignatures * headers];
        _body = scheme.Layout.TimestampProperty is null ? null : new RentedBytes();
    }

    private ContentValues Values => new()
    {
        Id = _messageId,
        Timestamp = _timestampSource is null ? default : _timestampSource.AsSpan(_timestamp),
        Method = _method,
        Url = _url,
    };

    /// <summary>Judges all that can be judged without the body.</summary>
    /// <returns><see cref="VerificationOutcome.Verified"/> if the body is worth reading.</returns>
    public VerificationOutcome Begin(in VerificationContext context)
    {
        if (_scheme.Template.SignsUrl && context.Url is null)
        {
            throw new ArgumentException($"The scheme '{_scheme.Name}' signs the URL. Set VerificationContext.Url.",
                nameof(context));
        }

        (_rented, _method, _url) = (true, context.Method, _scheme.FormUrl(context.Url));
        (_now, _tolerance) = (context.Now, context.Tolerance ?? _scheme.Tolerance);
        var outcome = ReadMessageId(context.Headers);
        outcome = outcome == VerificationOutcome.Verified ? ReadSignatureHeaders(context) : outcome;
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        _scheme.AddActiveKeys(_computation, context.Secrets, context.Now, SecretUse.Verify, _secrets);
        if (_secrets.Count == 0)
        {
            return VerificationOutcome.NoActiveSecret;
        }

        _scheme.Template.AppendBeforeBody(_computation, Values);
        return VerificationOutcome.Verified;
    }

    public override void Append(ReadOnlySpan<byte> body)
    {
        _computation.Append(body);
        _body?.Append(body);
    }

    public override VerificationResult Complete()
    {
        _scheme.Template.AppendAfterBody(_computation, Values);
        var length = _scheme.SignatureLength;
        SigningSecret? match = null;
        for (var key = 0; key < _secrets.Count; key++)
        {
            for (var index = 0; index < _signatureCount; index++)
            {
                var matches = _computation.Matches(key, _signatures.AsSpan(index * length, length));
                match ??= matches ? _secrets[key] : null;
            }
        }

        // Nothing in the body is looked at before it is known to be signed.
        var outcome = match is null ? VerificationOutcome.SignatureMismatch
            : _body is null ? VerificationOutcome.Verified
            : CheckTimestampIn(_body);
        return outcome != VerificationOutcome.Verified
            ? VerificationResult.Refuse(outcome)
            : VerificationResult.Accept(
                match!,
                _messageId,
                _timestampSource is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(_timestampMilliseconds)) with
            {
                ContentDigest = (_computation as ContentHash)?.Complete(),
            };
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!_rented)
        {
            return;
        }

        _rented = false;
        _computation.Reset();
        _body?.Reset();
        _secrets.Clear();
        (_signatureCount, _messageId, _timestampSource, _url) = (0, null, null, null);
        _scheme.Return(this);
    }

    private VerificationOutcome ReadMessageId(SignatureHeaders headers)
    {
        if (_scheme.Fields.IdHeader is not { } name)
        {
            return VerificationOutcome.Verified;
        }

        var header = headers.Find(name);
        if (header.Count == 0 && !_scheme.Template.SignsId)
        {
            return VerificationOutcome.Verified;
        }

        var outcome = HeaderRules.Judge(header);
        if (outcome != VerificationOutcome.Verified)
        {
            // A blank id is no id; that matters only where it is signed.
            return outcome == VerificationOutcome.MissingHeader && !_scheme.Template.SignsId
                ? VerificationOutcome.Verified
                : outcome;
        }

        _messageId = header.Value;
        return HeaderRules.IsPlain(_messageId) ? VerificationOutcome.Verified : VerificationOutcome.MalformedHeader;
    }

    private VerificationOutcome ReadSignatureHeaders(in VerificationContext context)
    {
        var signatures = new SignatureCollector(_scheme.Layout.Encoding, _scheme.SignatureLength, _signatures);
        var found = false;
        foreach (var name in _scheme.SignatureHeaders)
        {
            var header = context.Headers.Find(name);
            var outcome = HeaderRules.Judge(header);
            Range? timestamp = null;
            outcome = outcome == VerificationOutcome.Verified
                ? SignatureHeaderReader.Read(_scheme.Layout, header.Value, ref signatures, ref timestamp)
                : outcome;
            if (outcome == VerificationOutcome.MissingHeader)
            {
                continue;
            }

            if (outcome != VerificationOutcome.Verified)
            {
                return outcome;
            }

            found = true;
            (_timestampSource, _timestamp) = timestamp is { } range
                ? (header.Value, range)
                : (_timestampSource, _timestamp);
        }

        var freshness = found ? CheckTimestamp(context) : VerificationOutcome.MissingHeader;
        _signatureCount = signatures.Count;
        return freshness == VerificationOutcome.Verified ? signatures.Outcome : freshness;
    }

    private VerificationOutcome CheckTimestamp(in VerificationContext context)
    {
        var layout = _scheme.Layout;
        if (layout.TimestampHeader is not null)
        {
            var header = context.Headers.Find(layout.TimestampHeader);
            var outcome = HeaderRules.Judge(header);
            if (outcome != VerificationOutcome.Verified)
            {
                return outcome;
            }

            (_timestampSource, _timestamp) = (header.Value, ..);
        }

        return _timestampSource is null ? VerificationOutcome.Verified : JudgeTimestamp();
    }

    private VerificationOutcome CheckTimestampIn(RentedBytes body)
    {
        var property = _scheme.Layout.TimestampProperty;
        _timestampSource = BodyProperties.Find(new ReadOnlySequence<byte>(body.Memory), property, null).First;
        _timestamp = ..;
        return JudgeTimestamp();
    }

    private VerificationOutcome JudgeTimestamp()
    {
        var format = _scheme.Layout.TimestampFormat;
        return TimestampText.TryRead(format, _timestampSource.AsSpan()[_timestamp], out _timestampMilliseconds)
            ? HeaderRules.JudgeAge(format, _timestampMilliseconds, _now, _tolerance)
            : VerificationOutcome.MalformedTimestamp;
    }
}
