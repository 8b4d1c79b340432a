namespace Webhooks;

/// <summary>Refuses what can't be stored because it is code, or holds on to the process.</summary>
internal static class Storability
{
    private const string Mend = "leave it out, and attach it in WebhookSenderOptions.PrepareEndpoint";

    /// <exception cref="ArgumentException">Something can't be stored; the message names the property and the
    /// mend.</exception>
    public static void Check(WebhookEndpoint endpoint, KnownSchemes schemes)
    {
        if (endpoint.Network is not null)
            throw Refuse(nameof(endpoint.Network), "is an object of this process");
        if (endpoint.ClientCertificate is not null)
            throw Refuse(nameof(endpoint.ClientCertificate), "is an object of this process");
        if (endpoint.RetryPolicy is { } policy && policy.Describe() is null)
            throw Refuse(nameof(endpoint.RetryPolicy), "is code of the application");
        if (endpoint.Authorization is { } authorization && authorization.Describe() is null)
            throw Refuse(nameof(endpoint.Authorization), "is code of the application");

        foreach (var signature in endpoint.Signatures)
        {
            if (!schemes.Has(signature.Scheme))
            {
                throw new ArgumentException(
                    $"The signature scheme '{signature.Scheme.Name}' in Signatures can't be stored by its name: add "
                    + "that very object to WebhookSenderOptions.SignatureSchemes.");
            }
        }
    }

    private static ArgumentException Refuse(string property, string why)
        => new($"The endpoint's {property} can't be stored, since it {why}: {Mend}.");
}
