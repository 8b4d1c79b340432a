namespace Webhooks.Fuzzing;

/// <summary>
/// Whole requests against every scheme with a shared secret. The first line names the scheme. What is accepted must be
/// what the plain reference accepts, and whole or in pieces the answer is the same.
/// </summary>
public sealed class SchemeTarget() : FuzzTarget("schemes")
{
    private static readonly byte[] Body =
        InputText.From($"{{\"id\":\"evt_1\",\"type\":\"a.b\",\"webhookTimestamp\":{The.Now.ToUnixTimeMilliseconds()}}}");

    private static readonly SignatureScheme[] Schemes =
    [
        .. SignatureSchemes.All.OfType<HmacSignatureScheme>(), .. SignatureSchemes.All.OfType<TokenSignatureScheme>(),
        SignatureSchemes.Basic, SignatureSchemes.Twilio, SignatureSchemes.HubSpotV1, SignatureSchemes.HubSpotV2,
    ];

    public override IEnumerable<byte[]> Seeds => Schemes.Select(scheme =>
    {
        var form = scheme == SignatureSchemes.Twilio;
        var request = InputRequest.Make(scheme.Name, form ? "To=%2B1&From=2"u8.ToArray() : Body);
        if (form)
            request.Write("Content-Type", "application/x-www-form-urlencoded");
        var context = new SigningContext
        {
            MessageId = MessageId.Parse("msg_1"),
            Timestamp = The.Now,
            Secrets = [The.Secret],
            Url = The.Url,
        };
        scheme.Sign(context, request.Body, request);
        return request.ToInput();
    });

    protected override void Check(byte[] input)
    {
        var request = InputRequest.Parse(input);
        if (Array.Find(Schemes, scheme => scheme.Name == request.First) is not { } scheme)
            return;

        var context = new VerificationContext
        {
            Headers = SignatureHeaders.From(request.Headers),
            Secrets = [The.Secret],
            Now = The.Now,
            Url = The.Url,
        };
        var result = scheme.Verify(context, request.Body);
        Law.AreEqual(result.Outcome, VerifyInPieces(scheme, context, request.Body).Outcome, "whole and in pieces");
        if (result.IsVerified)
            CheckAccepted(scheme, request, result);
    }

    private static VerificationResult VerifyInPieces(SignatureScheme scheme, in VerificationContext context, byte[] body)
    {
        if (!scheme.TryBeginVerification(context, out var verification, out var refusal))
            return refusal;

        using (verification)
        {
            verification.Append(body.AsSpan(0, body.Length / 2));
            verification.Append(body.AsSpan(body.Length / 2));
            return verification.Complete();
        }
    }

    private static void CheckAccepted(SignatureScheme scheme, InputRequest request, VerificationResult result)
    {
        Law.AreEqual(The.Secret, result.Secret, "the secret");
        var isRight = scheme switch
        {
            HmacSignatureScheme hmac => SchemeReference.Accepts(hmac, request, The.SecretBytes)
                && SchemeReference.IsFresh(hmac, result, The.Now),
            TokenSignatureScheme => HasOneLine(request, scheme.Headers[^1], The.SecretText),
            _ when scheme == SignatureSchemes.Basic =>
                HasOneLine(request, "Authorization", Convert.ToBase64String(The.SecretBytes)),
            _ when scheme == SignatureSchemes.Twilio => TwilioReference.Accepts(request),
            _ => HasOneLine(request, "X-HubSpot-Signature", HubSpotReference.Sign(scheme, request.Body)),
        };
        Law.Holds(isRight, $"the scheme '{scheme.Name}' accepts what isn't signed");
    }

    private static bool HasOneLine(InputRequest request, string header, string end) =>
        request.Find(header) is [var value] && value.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
