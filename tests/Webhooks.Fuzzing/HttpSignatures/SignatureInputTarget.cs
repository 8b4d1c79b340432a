using System.Globalization;

namespace Webhooks.Fuzzing;

/// <summary>Signature-Input (first line) and Signature (the rest): what is read can be written and read again.</summary>
public sealed class SignatureInputTarget() : FuzzTarget("signature-inputs")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        """
        sig1=("@method" "@target-uri" "content-digest");created=1700000000;keyid="a\"b";alg="hmac-sha256"
        sig1=:QUJDRA==:
        """u8.ToArray(),
        """
        a=("x-list";key="m" "@query-param";name="id");created=1;expires=2;nonce="n";tag="t";other=tok, b=()
        a=:QUJDRA==:;p, b=::
        """u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var (first, rest) = InputText.Split(input);
        if (SignatureInputReader.TryRead(first, out List<SignatureInput> inputs) == VerificationOutcome.Verified)
            inputs.ForEach(CheckInput);

        if (SignatureInputReader.TryRead(rest, out Dictionary<string, byte[]> signatures) == VerificationOutcome.Verified)
            CheckSignatures(signatures);
    }

    private static void CheckInput(SignatureInput input)
    {
        var text = $"{input.Label}={input.Parameters}";
        Law.AreEqual(
            VerificationOutcome.Verified, SignatureInputReader.TryRead(text, out List<SignatureInput> again), text);
        var (before, after) = (input, again.Single());
        Law.AreEqual(before.Parameters, after.Parameters, "the parameters");
        Law.AreEqual(
            (before.Created, before.Expires, before.KeyId, before.Algorithm, before.Nonce, before.Tag),
            (after.Created, after.Expires, after.KeyId, after.Algorithm, after.Nonce, after.Tag), "what they say");
        Law.Holds(before.Components.SequenceEqual(after.Components), "the components");
        Law.AreEqual(
            input.Components.Count, input.Components.DistinctBy(component => component.Identifier).Count(),
            "a component is covered once");
    }

    private static void CheckSignatures(Dictionary<string, byte[]> signatures)
    {
        var text = string.Join(", ", signatures.Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key}=:{Convert.ToBase64String(pair.Value)}:")));
        Law.AreEqual(
            VerificationOutcome.Verified,
            SignatureInputReader.TryRead(text, out Dictionary<string, byte[]> again), text);
        Law.Holds(
            signatures.Count == again.Count && again.All(pair => signatures[pair.Key].SequenceEqual(pair.Value)),
            "the signatures");
    }
}
