namespace Webhooks.Fuzzing;

public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new TimestampTarget(),
        new EncodingTarget(),
        new SignatureHeaderTarget(),
        new SchemeTarget(),
        new StructuredFieldTarget(),
        new SignatureInputTarget(),
        new HttpSignatureTarget(),
        new ContentDigestTarget(),
        new ComponentTarget(),
        new TwilioFormTarget(),
        new ProviderUrlTarget(),
        new CertificateUrlTarget(),
        new DerTarget(),
        new BodySchemeTarget(),
        new BodyPropertyTarget(),
        new PayloadTarget(),
        new EventTypeTarget(),
        new PayloadFilterTarget(),
        new NetworkTarget(),
        new PublishedListTarget(),
        new UrlTarget(),
        new StoredSettingsTarget(),
        new RetryAfterTarget(),
        new ResponseTarget(),
        new OAuthTokenTarget(),
    ];

    public static FuzzTarget Find(string name) => All.SingleOrDefault(target => target.Name == name)
        ?? throw new ArgumentException(
            $"There is no target '{name}'. There are: {string.Join(", ", All.Select(target => target.Name))}.");
}
