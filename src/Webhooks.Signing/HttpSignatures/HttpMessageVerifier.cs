namespace Webhooks;

/// <summary>Judges a request's signatures, and finds out which digests its body must have.</summary>
internal sealed class HttpMessageVerifier
{
    private readonly HttpMessageSignatureOptions _options;
    private readonly RequiredCoverage _coverage;
    private readonly string? _idComponent;

    public HttpMessageVerifier(HttpMessageSignatureOptions options, HttpMessageKeys keys)
    {
        (_options, Keys, _coverage) = (options, keys, new RequiredCoverage(options.RequiredComponents));
        _idComponent = options.Fields.IdHeader is { } header ? SignatureComponent.Parse(header).Identifier : null;
        RequiresId = _idComponent is not null && _coverage.Includes(_idComponent);
    }

    public HttpMessageKeys Keys { get; }

    public bool RequiresId { get; }

    public VerificationOutcome Begin(in VerificationContext context, out SignatureVerification? verification)
    {
        verification = null;
        var outcome = ReadSignatures(context, out var inputs, out var signatures);
        if (outcome != VerificationOutcome.Verified)
            return outcome;

        outcome = FindVerified(context, inputs, signatures, out var verified);
        if (outcome != VerificationOutcome.Verified)
            return outcome;

        outcome = ReadMessageId(context.Headers, out var messageId);
        if (outcome != VerificationOutcome.Verified)
            return outcome;

        var digest = new ContentDigest();
        outcome = ReadDigest(context.Headers, digest, verified!.Input);
        if (outcome == VerificationOutcome.Verified)
            verification = new HttpMessageVerification(
                digest, verified, messageId, verified.Digest(_idComponent, messageId));
        else
            digest.Dispose();
        return outcome;
    }

    private static VerificationOutcome ReadSignatures(
        in VerificationContext context, out List<SignatureInput> inputs, out Dictionary<string, byte[]> signatures)
    {
        (inputs, signatures) = ([], []);
        var inputField = context.Headers.Combine(HttpMessageSigner.InputHeader);
        var signatureField = context.Headers.Combine(HttpMessageSigner.SignatureHeader);
        if (string.IsNullOrWhiteSpace(inputField) || string.IsNullOrWhiteSpace(signatureField))
            return VerificationOutcome.MissingHeader;

        var outcome = SignatureInputReader.TryRead(inputField, out inputs);
        return outcome == VerificationOutcome.Verified
            ? SignatureInputReader.TryRead(signatureField, out signatures)
            : outcome;
    }

    // A proxy may have added a signature of its own, so it takes one that is right, and the others don't matter.
    private VerificationOutcome FindVerified(
        in VerificationContext context,
        List<SignatureInput> inputs,
        Dictionary<string, byte[]> signatures,
        out VerifiedSignature? verified)
    {
        verified = null;
        if (_options.Tag is not null)
            inputs.RemoveAll(input => input.Tag != _options.Tag);
        if (inputs.Count > _options.MaximumSignatures)
            return VerificationOutcome.TooManySignatures;

        var reason = VerificationOutcome.UnsupportedVersion;
        foreach (var input in inputs)
        {
            var outcome = Judge(context, input, signatures, out verified);
            if (outcome == VerificationOutcome.Verified)
                return outcome;

            // Somebody else's signature explains nothing.
            if (reason is VerificationOutcome.UnsupportedVersion or VerificationOutcome.UnknownKey)
                reason = outcome;
        }

        return reason;
    }

    private VerificationOutcome Judge(
        in VerificationContext context,
        SignatureInput input,
        Dictionary<string, byte[]> signatures,
        out VerifiedSignature? verified)
    {
        verified = null;
        if (!signatures.TryGetValue(input.Label, out var signature))
            return VerificationOutcome.MalformedHeader;

        var outcome = JudgeKey(context, input);
        outcome = outcome == VerificationOutcome.Verified ? JudgeTime(context, input) : outcome;
        outcome = outcome == VerificationOutcome.Verified ? _coverage.Judge(input, context.Url!) : outcome;
        if (outcome != VerificationOutcome.Verified)
            return outcome;

        outcome = SignatureBase.TryBuild(
            input.Components, input.Parameters, context.Method, context.Url, context.Headers, out var signatureBase);
        if (outcome != VerificationOutcome.Verified)
            return outcome;

        if (FindSecret(context, input, signatureBase, signature) is not { } secret)
            return VerificationOutcome.SignatureMismatch;

        verified = new VerifiedSignature(input, secret, signatureBase);
        return VerificationOutcome.Verified;
    }

    private VerificationOutcome JudgeKey(in VerificationContext context, SignatureInput input)
    {
        var reason = VerificationOutcome.NoActiveSecret;
        foreach (var secret in context.Secrets)
        {
            if (!secret.IsActive(context.Now))
                continue;

            if (!IsNamed(secret, input.KeyId))
                reason = reason == VerificationOutcome.NoActiveSecret ? VerificationOutcome.UnknownKey : reason;
            else if (Keys.Find(secret, SecretUse.Verify, input.Algorithm) is not null)
                return VerificationOutcome.Verified;
            else
                reason = VerificationOutcome.UnsupportedAlgorithm;
        }

        return reason;
    }

    private SigningSecret? FindSecret(
        in VerificationContext context, SignatureInput input, byte[] signatureBase, byte[] signature)
    {
        SigningSecret? match = null;
        foreach (var secret in context.Secrets)
        {
            if (match is null && secret.IsActive(context.Now) && IsNamed(secret, input.KeyId)
                && Keys.Find(secret, SecretUse.Verify, input.Algorithm) is { } algorithm
                && algorithm.Verify(secret, signatureBase, signature))
                match = secret;
        }

        return match;
    }

    // A key that was given no name fits any; one with a name only signatures that say it.
    private static bool IsNamed(SigningSecret secret, string? keyId) =>
        secret.KeyId is null || secret.KeyId == keyId;

    private VerificationOutcome JudgeTime(in VerificationContext context, SignatureInput input)
    {
        if (input.Created is not { } created || created < 0 || input.Expires < created)
            return VerificationOutcome.MalformedTimestamp;

        if (input.Expires < context.Now.ToUnixTimeSeconds())
            return VerificationOutcome.TimestampTooOld;

        return HeaderRules.JudgeAge(
            TimestampFormat.UnixSeconds, created * 1000, context.Now, context.Tolerance ?? _options.Tolerance);
    }

    private VerificationOutcome ReadMessageId(SignatureHeaders headers, out string? messageId)
    {
        messageId = null;
        if (_options.Fields.IdHeader is not { } name)
            return VerificationOutcome.Verified;

        var header = headers.Find(name);
        switch (HeaderRules.Judge(header))
        {
            case VerificationOutcome.DuplicateHeader:
                return VerificationOutcome.DuplicateHeader;
            case VerificationOutcome.Verified:
                messageId = header.Value!.Trim(' ', '\t'); // as it is signed
                return HeaderRules.IsPlain(messageId)
                    ? VerificationOutcome.Verified
                    : VerificationOutcome.MalformedHeader;
            default:
                return VerificationOutcome.Verified;
        }
    }

    // A digest that is there is checked whether or not it is signed: a wrong one means that the body was changed.
    private static VerificationOutcome ReadDigest(
        SignatureHeaders headers, ContentDigest digest, SignatureInput verified)
    {
        if (headers.Find(ContentDigest.Header).Count == 0)
            return VerificationOutcome.Verified;
        if (!digest.TryRead(headers.Combine(ContentDigest.Header)))
            return VerificationOutcome.MalformedHeader;

        return digest.IsEmpty && verified.Covers(ContentDigest.Component)
            ? VerificationOutcome.UnsupportedAlgorithm
            : VerificationOutcome.Verified;
    }
}
