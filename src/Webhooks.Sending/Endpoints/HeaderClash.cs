namespace Webhooks;

/// <summary>Finds headers that two of an endpoint's parts would write.</summary>
internal static class HeaderClash
{
    public static void Check(
        HeaderList headers, WebhookAuthorization? authorization, IReadOnlyList<EndpointSignature> signatures)
    {
        var credentials = authorization?.HeaderName;
        if (credentials is not null)
        {
            CredentialText.CheckHeader(credentials);
            if (headers.ByName.ContainsKey(credentials))
            {
                throw new ArgumentException(
                    $"The header '{credentials}' is in Headers and is set by Authorization: remove it from Headers.");
            }
        }

        foreach (var signature in signatures)
        {
            foreach (var name in signature.Scheme.Headers)
            {
                if (headers.ByName.ContainsKey(name) || name.Equals(credentials, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ArgumentException(
                        $"The header '{name}' belongs to the signature scheme '{signature.Scheme.Name}': remove it.");
                }
            }
        }
    }

    /// <summary>Two schemes may share only the Standard Webhooks headers, which hold a list of signatures.</summary>
    public static IReadOnlyList<EndpointSignature> CheckSchemes(IEnumerable<EndpointSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        EndpointSignature[] list = [.. signatures];
        foreach (var signature in list)
            ArgumentNullException.ThrowIfNull(signature, nameof(signatures));
        if (list.Length > 1)
            CheckOwners(list);
        return Array.AsReadOnly(list);
    }

    private static void CheckOwners(EndpointSignature[] signatures)
    {
        var owners = new Dictionary<string, SignatureScheme>(StringComparer.OrdinalIgnoreCase);
        foreach (var signature in signatures)
        {
            foreach (var name in signature.Scheme.Headers)
            {
                if (!owners.TryAdd(name, signature.Scheme)
                    && (owners[name] == signature.Scheme
                        || !name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase)))
                {
                    throw new ArgumentException(
                        $"The header '{name}' is written by two signatures: give a scheme all its secrets in one.");
                }
            }
        }
    }
}
