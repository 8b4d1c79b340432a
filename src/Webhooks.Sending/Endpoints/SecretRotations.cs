using System.Security.Cryptography;

namespace Webhooks;

/// <summary>Replaces a secret among an endpoint's signatures.</summary>
internal static class SecretRotations
{
    private const int RandomLength = 32;

    /// <exception cref="ArgumentException">There is no such signature, or the secret can't serve it.</exception>
    public static WebhookEndpoint Apply(
        WebhookEndpoint endpoint, SecretRotation rotation, EndpointSignature signature, DateTimeOffset now)
    {
        var secret = rotation.NewSecret ?? Generate(signature.Secrets[^1]);
        var end = now + rotation.Overlap;
        var old = signature.Secrets.Select(one => EndAt(one, now, end)).OfType<SigningSecret>();

        // The new one comes last: where there is room for one signature, the first secret's is sent.
        var replaced = new EndpointSignature(signature.Scheme, [.. old, secret]);
        return endpoint with
        {
            Signatures = [.. endpoint.Signatures.Select(one => ReferenceEquals(one, signature) ? replaced : one)],
        };
    }

    /// <exception cref="ArgumentException">There is none, or several and none is named.</exception>
    public static EndpointSignature Find(WebhookEndpoint endpoint, string? scheme)
    {
        var found = endpoint.Signatures
            .Where(one => scheme is null || one.Scheme.Name.Equals(scheme, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException(
                $"Endpoint {endpoint.Id} has no signature{(scheme is null ? "" : $" of the scheme '{scheme}'")}."),
            _ => throw new ArgumentException(
                $"Endpoint {endpoint.Id} has several signatures: name the one to change in SecretRotation.Scheme."),
        };
    }

    private static SigningSecret? EndAt(SigningSecret secret, DateTimeOffset now, DateTimeOffset end)
    {
        var until = secret.ValidUntil < end ? secret.ValidUntil.Value : end;
        return until <= now || until <= secret.ValidFrom ? null : secret.WithValidity(secret.ValidFrom, until);
    }

    private static SigningSecret Generate(SigningSecret like)
    {
        if (like.Kind != SecretKind.Symmetric)
            throw new ArgumentException("A key pair can't be made at random here: give SecretRotation.NewSecret.");

        return like.Format switch
        {
            SecretFormat.Text => SigningSecret.FromText(RandomNumberGenerator.GetHexString(RandomLength * 2, true)),
            SecretFormat.Hex => SigningSecret.Parse(
                RandomNumberGenerator.GetHexString(RandomLength * 2, true), SecretFormat.Hex),
            SecretFormat.Base64 => SigningSecret.Parse(
                Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomLength)), SecretFormat.Base64),
            _ => SigningSecret.Generate(RandomLength),
        };
    }
}
