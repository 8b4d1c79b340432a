using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Webhooks;

/// <summary>Reads <c>Signature-Input</c> and <c>Signature</c> (RFC 9421, sections 4.1 and 4.2). Does a bounded amount
/// of work on any input.</summary>
internal static class SignatureInputReader
{
    private const int MaximumLength = 8192;
    private const int MaximumLabels = 16;
    private const int MaximumComponents = 32;
    private const int MaximumParameters = 16;

    public static VerificationOutcome TryRead(string? field, out List<SignatureInput> inputs)
    {
        inputs = [];
        if (field is null or { Length: > MaximumLength })
            return VerificationOutcome.MalformedHeader;

        var reader = new StructuredFieldReader(field);
        while (!reader.IsAtEnd)
        {
            if (inputs.Count == MaximumLabels)
                return VerificationOutcome.TooManySignatures;
            if (!TryReadInput(ref reader, out var input) || inputs.Exists(other => other.Label == input.Label))
                return VerificationOutcome.MalformedHeader;
            inputs.Add(input);
        }

        return VerificationOutcome.Verified;
    }

    public static VerificationOutcome TryRead(string? field, out Dictionary<string, byte[]> signatures)
    {
        signatures = [];
        if (field is null or { Length: > MaximumLength })
            return VerificationOutcome.MalformedHeader;

        var reader = new StructuredFieldReader(field);
        while (!reader.IsAtEnd)
        {
            if (signatures.Count == MaximumLabels)
                return VerificationOutcome.TooManySignatures;
            if (!reader.TryReadMember(out var label, out var hasValue) || !hasValue
                || !reader.TryReadItem(out var item) || item.Kind != StructuredFieldKind.ByteSequence
                || !TrySkipParameters(ref reader)
                || !signatures.TryAdd(label.ToString(), Convert.FromBase64String(item.Text.ToString())))
                return VerificationOutcome.MalformedHeader;
        }

        return VerificationOutcome.Verified;
    }

    private static bool TrySkipParameters(ref StructuredFieldReader reader)
    {
        while (reader.IsNext(';'))
        {
            if (!reader.TryReadParameter(out _, out _))
                return false;
        }

        return true;
    }

    private static bool TryReadInput(ref StructuredFieldReader reader, [NotNullWhen(true)] out SignatureInput? input)
    {
        input = null;
        if (!reader.TryReadMember(out var label, out var hasValue) || !hasValue || !reader.TryTake('('))
            return false;

        var read = new SignatureInput { Label = label.ToString() };
        var text = new StringBuilder("(");
        if (!TryReadComponents(ref reader, read, text) || !TryReadParameters(ref reader, read, text))
            return false;

        read.Parameters = text.ToString();
        input = read;
        return true;
    }

    private static bool TryReadComponents(ref StructuredFieldReader reader, SignatureInput input, StringBuilder text)
    {
        reader.SkipSpaces();
        while (!reader.TryTake(')'))
        {
            // One component covered twice is the same component, and must not be there (RFC 9421, section 2).
            if (input.Components.Count == MaximumComponents
                || !SignatureComponent.TryRead(ref reader, out var component)
                || input.Covers(component.Identifier)
                || (!reader.SkipSpaces() && !reader.IsNext(')')))
                return false;

            text.Append(input.Components.Count == 0 ? "" : " ").Append(component.Identifier);
            input.Components.Add(component);
        }

        text.Append(')');
        return true;
    }

    private static bool TryReadParameters(ref StructuredFieldReader reader, SignatureInput input, StringBuilder text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.IsNext(';'))
        {
            // The later of two would count, but who reads the first would judge another signature.
            if (!reader.TryReadParameter(out var key, out var value) || seen.Count == MaximumParameters
                || !seen.Add(key.ToString()) || !TryAssign(input, key, value))
                return false;

            text.Append(';').Append(key);
            if (value.Kind != StructuredFieldKind.Boolean || value.Integer == 0)
            {
                text.Append('=');
                value.WriteTo(text);
            }
        }

        return true;
    }

    // Parameters that nobody knows yet are signed like the others, and otherwise passed over.
    private static bool TryAssign(SignatureInput input, ReadOnlySpan<char> key, in StructuredFieldItem value)
    {
        var isTime = key is "created" or "expires";
        var isText = key is "keyid" or "alg" or "nonce" or "tag";
        if ((isTime && value.Kind != StructuredFieldKind.Integer) || (isText && value.Kind != StructuredFieldKind.String))
            return false;

        switch (key)
        {
            case "created":
                input.Created = value.Integer;
                break;
            case "expires":
                input.Expires = value.Integer;
                break;
            case "keyid":
                input.KeyId = value.Unescape();
                break;
            case "alg":
                input.Algorithm = value.Unescape();
                break;
            case "nonce":
                input.Nonce = value.Unescape();
                break;
            case "tag":
                input.Tag = value.Unescape();
                break;
        }

        return true;
    }
}
