namespace Webhooks;

/// <summary>How a signing secret is replaced.</summary>
public sealed record SecretRotation
{
    /// <summary>The new secret.</summary>
    /// <value>The default is null: one made at random, in the form of the newest secret that there is. Ed25519 keys
    /// have to be given.</value>
    public SigningSecret? NewSecret { get; init; }

    /// <summary>For how long the old secrets sign along, zero to 365 days; zero drops them at once.</summary>
    /// <value>The default is 24 hours.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan Overlap
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(365)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Overlap is zero to 365 days.");
    } = TimeSpan.FromHours(24);

    /// <summary>The name of the signature scheme whose secret it is.</summary>
    /// <value>The default is null: the only one that the endpoint has.</value>
    public string? Scheme { get; init; }
}
