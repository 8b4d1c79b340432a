namespace Webhooks;

/// <summary>Chooses among secrets by their validity.</summary>
internal static class ActiveSecrets
{
    /// <summary>The first active secret, which signs where there is room for one signature only.</summary>
    /// <exception cref="InvalidOperationException">No secret is active.</exception>
    public static SigningSecret FirstToSign(SignatureScheme scheme, in SigningContext context)
    {
        for (var index = 0; index < context.Secrets.Count; index++)
        {
            var secret = context.Secrets[index];
            if (secret.IsActive(context.Timestamp))
            {
                scheme.CheckSecret(secret, SecretUse.Sign);
                return secret;
            }
        }

        throw new InvalidOperationException(
            "No signing secret is active at this time. Add one, or widen a secret's validity.");
    }
}
