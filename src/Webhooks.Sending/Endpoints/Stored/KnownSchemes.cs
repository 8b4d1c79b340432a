namespace Webhooks;

/// <summary>The signature schemes that stored endpoints may name: the built-in ones and the application's.</summary>
internal sealed class KnownSchemes(IEnumerable<SignatureScheme> own)
{
    private readonly Dictionary<string, SignatureScheme> _byName = SignatureSchemes.All.Concat(own)
        .DistinctBy(static scheme => scheme.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(static scheme => scheme.Name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FormatException">No scheme has that name.</exception>
    public SignatureScheme Find(string name) => _byName.TryGetValue(name, out var scheme)
        ? scheme
        : throw new FormatException(
            $"its signature scheme '{name}' isn't known here: add it to WebhookSenderOptions.SignatureSchemes");

    public bool Has(SignatureScheme scheme)
        => _byName.TryGetValue(scheme.Name, out var known) && ReferenceEquals(known, scheme);
}
