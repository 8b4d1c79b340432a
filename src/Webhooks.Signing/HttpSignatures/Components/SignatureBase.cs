using System.Text;

namespace Webhooks;

/// <summary>Builds the bytes that are signed (RFC 9421, section 2.5).</summary>
internal static class SignatureBase
{
    // The components of a request that a server lets in are far smaller; this bounds what covering one of them often
    // in different ways can cost.
    private const int MaximumLength = 128 * 1024;
    private const string ParametersStart = "\"@signature-params\": ";

    /// <summary>The part of a base that tells what is covered, without the line of the signature's parameters.</summary>
    public static ReadOnlySpan<byte> CoveredIn(ReadOnlySpan<byte> signatureBase, string parameters) =>
        signatureBase[..^(ParametersStart.Length + parameters.Length)];

    /// <summary>Builds the base of a request.</summary>
    /// <param name="components">What is covered, in order.</param>
    /// <param name="parameters">The value of <c>@signature-params</c>.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The request's URL.</param>
    /// <param name="headers">The request's headers.</param>
    /// <param name="signatureBase">The base.</param>
    /// <returns><see cref="VerificationOutcome.Verified"/> if all components are there.</returns>
    public static VerificationOutcome TryBuild(
        IReadOnlyList<SignatureComponent> components,
        string parameters,
        string method,
        string? url,
        SignatureHeaders headers,
        out byte[] signatureBase)
    {
        signatureBase = [];
        if (!TargetUri.TryParse(url, out var target) || !HeaderRules.IsPlain(method))
            return VerificationOutcome.MalformedHeader;

        var output = new StringBuilder(1024);
        foreach (var component in components)
        {
            var outcome = Find(component, method, target, headers, out var value);
            if (outcome != VerificationOutcome.Verified)
                return outcome;

            output.Append(component.Identifier).Append(": ").Append(value).Append('\n');
            if (output.Length > MaximumLength)
                return VerificationOutcome.MalformedHeader;
        }

        output.Append(ParametersStart).Append(parameters);
        signatureBase = Encoding.ASCII.GetBytes(output.ToString());
        return VerificationOutcome.Verified;
    }

    private static VerificationOutcome Find(
        SignatureComponent component,
        string method,
        in TargetUri target,
        SignatureHeaders headers,
        out string value)
    {
        value = component.Kind switch
        {
            ComponentKind.Method => method,
            ComponentKind.TargetUri => target.Whole.ToString(),
            ComponentKind.Authority => target.NormalizeAuthority(),
            ComponentKind.Scheme => target.Scheme.ToString().ToLowerInvariant(),
            ComponentKind.RequestTarget => string.Concat(PathOf(target), target.Query),
            ComponentKind.Path => PathOf(target).ToString(),
            ComponentKind.Query => target.Query.IsEmpty ? "?" : target.Query.ToString(),
            _ => "",
        };
        return component.Kind switch
        {
            ComponentKind.QueryParameter => QueryParameter.TryFind(target.Query, component.Argument!, out value),
            ComponentKind.Field or ComponentKind.FieldMember => FindField(component, headers, out value),
            _ => VerificationOutcome.Verified,
        };
    }

    private static ReadOnlySpan<char> PathOf(in TargetUri target) => target.Path.IsEmpty ? "/" : target.Path;

    private static VerificationOutcome FindField(
        SignatureComponent component, SignatureHeaders headers, out string value)
    {
        value = "";
        if (headers.Find(component.Name).Count == 0)
            return VerificationOutcome.MissingHeader;

        if (headers.Combine(component.Name) is not { } field)
            return VerificationOutcome.DuplicateHeader;

        value = field.Trim(' ', '\t');

        // A line break would let one component stand for two.
        if (!FieldText.IsPlain(value))
            return VerificationOutcome.MalformedHeader;

        return component.Kind == ComponentKind.FieldMember
            ? FieldMember.TryFind(value, component.Argument!, out value)
            : VerificationOutcome.Verified;
    }
}
