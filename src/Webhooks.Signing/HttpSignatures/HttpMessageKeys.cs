namespace Webhooks;

/// <summary>Which key serves which of a scheme's algorithms.</summary>
internal sealed class HttpMessageKeys(IReadOnlyList<HttpSignatureAlgorithm> algorithms)
{
    public bool CanServe(SigningSecret secret) =>
        Find(secret, SecretUse.Verify, null) is not null || Find(secret, SecretUse.Sign, null) is not null;

    /// <summary>Why a key can't serve, or <see langword="null"/>.</summary>
    public string? FindFault(SigningSecret secret, SecretUse use)
    {
        if (Find(secret, use, null) is not null)
            return null;

        return algorithms.Count == 1
            ? algorithms[0].FindFault(secret, use)
            : $"The key can't be used to {(use == SecretUse.Sign ? "sign" : "verify")} with any of the scheme's "
                + $"algorithms ({this}).";
    }

    /// <summary>Finds the algorithm of a key.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="use">What it is wanted for.</param>
    /// <param name="name">The algorithm that a message names, which must be one that the key fits;
    /// <see langword="null"/> if it names none.</param>
    public HttpSignatureAlgorithm? Find(SigningSecret secret, SecretUse use, string? name)
    {
        foreach (var algorithm in algorithms)
        {
            if ((name is null || name == algorithm.Name) && algorithm.FindFault(secret, use) is null)
                return algorithm;
        }

        return null;
    }

    public override string ToString() => string.Join(", ", algorithms);
}
