namespace Webhooks;

/// <summary>Makes the scheme of a source whose configuration asks something of HTTP message signatures.</summary>
internal static class HttpSignatureSource
{
    private const string Setting = "HttpSignatures";

    private static readonly HttpSignatureAlgorithm[] BuiltIn =
    [
        HttpSignatureAlgorithms.HmacSha256,
        HttpSignatureAlgorithms.EcdsaP256Sha256,
        HttpSignatureAlgorithms.RsaPssSha512,
        HttpSignatureAlgorithms.RsaV15Sha256,
    ];

    /// <summary>The scheme as the settings want it, or null if they can't be had.</summary>
    public static SignatureScheme? Adapt(
        SignatureScheme? found,
        HttpSignatureSettings? settings,
        IEnumerable<SignatureScheme> added,
        Action<string, string> fail)
    {
        if (settings is null || found is null)
            return found;
        if (found is not HttpMessageSignatureScheme scheme)
        {
            fail(Setting, $"is set, but its scheme is '{found.Name}'. Remove it, or set Scheme to rfc9421.");
            return null;
        }

        var known = BuiltIn
            .Concat(added.Append(scheme).OfType<HttpMessageSignatureScheme>().SelectMany(one => one.Options.Algorithms))
            .DistinctBy(algorithm => algorithm.Name)
            .ToDictionary(algorithm => algorithm.Name, StringComparer.OrdinalIgnoreCase);
        return AreKnown(settings.Algorithms, known, fail) ? Make(scheme, settings, known, fail) : null;
    }

    private static bool AreKnown(
        List<string> names, Dictionary<string, HttpSignatureAlgorithm> known, Action<string, string> fail)
    {
        var unknown = names.Where(name => !known.ContainsKey(name)).ToList();
        foreach (var name in unknown)
        {
            fail($"{Setting}:Algorithms", $"names no algorithm: '{name}'. Name one of {string.Join(", ", known.Keys)}; "
                + $"{SchemePackages.Ed25519}.");
        }

        return unknown.Count == 0;
    }

    private static HttpMessageSignatureScheme? Make(
        HttpMessageSignatureScheme scheme,
        HttpSignatureSettings settings,
        Dictionary<string, HttpSignatureAlgorithm> known,
        Action<string, string> fail)
    {
        var options = scheme.Options with { Tag = settings.Tag ?? scheme.Options.Tag };
        if (settings.Algorithms.Count > 0)
            options = options with { Algorithms = [.. settings.Algorithms.Select(name => known[name])] };
        if (settings.RequiredComponents.Count > 0)
            options = options with { RequiredComponents = [.. settings.RequiredComponents] };
        try
        {
            return new HttpMessageSignatureScheme(scheme.Name, options);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            fail(Setting, $"can't be meant. {exception.Message}");
            return null;
        }
    }
}
