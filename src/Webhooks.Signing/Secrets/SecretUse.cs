namespace Webhooks;

/// <summary>What a secret is wanted for.</summary>
public enum SecretUse
{
    /// <summary>To sign what is sent.</summary>
    Sign,

    /// <summary>To verify what is received.</summary>
    Verify,
}
