namespace Webhooks;

/// <summary>A signing secret: its text, except for <see cref="SecretFormat.WebhookSecret"/> keys, of which it is the
/// bytes in base64, since they may be shorter or longer than their text may.</summary>
internal sealed class SecretSettings
{
    public required string Format { get; set; }

    public required string Value { get; set; }

    public string? KeyId { get; set; }

    public DateTimeOffset? From { get; set; }

    public DateTimeOffset? Until { get; set; }
}
