namespace Webhooks;

/// <summary>One scheme that signs the requests to an endpoint, with the secrets it signs with.</summary>
public sealed class EndpointSignature
{
    /// <summary>Names a scheme and its secrets.</summary>
    /// <param name="scheme">How requests are signed.</param>
    /// <param name="secrets">At least one secret; while a secret is being replaced, the old and the new one. Every
    /// secret whose validity window is open signs.</param>
    /// <exception cref="ArgumentNullException">An argument or a secret is null.</exception>
    /// <exception cref="ArgumentException">There is no secret, or the scheme can't sign with one of them.</exception>
    public EndpointSignature(SignatureScheme scheme, params IEnumerable<SigningSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(secrets);
        SigningSecret[] list = [.. secrets];
        if (list.Length == 0)
            throw new ArgumentException("A signature needs at least one secret to sign with.", nameof(secrets));

        foreach (var secret in list)
        {
            ArgumentNullException.ThrowIfNull(secret, nameof(secrets));
            scheme.CheckSecret(secret, SecretUse.Sign);
        }

        Scheme = scheme;
        Secrets = Array.AsReadOnly(list);
    }

    /// <summary>How requests are signed.</summary>
    public SignatureScheme Scheme { get; }

    /// <summary>The secrets to sign with, at least one.</summary>
    public IReadOnlyList<SigningSecret> Secrets { get; }

    /// <summary>The scheme's name and how many secrets there are, never a secret.</summary>
    public override string ToString() => $"{Scheme.Name} ({Secrets.Count} secrets)";
}
