namespace Webhooks;

/// <summary>What of an endpoint may hold secrets. The URL is among it, since many hold a token.</summary>
internal sealed class ConfidentialSettings
{
    public required string Url { get; set; }

    public SignatureSettings[] Signatures { get; set; } = [];

    public Dictionary<string, string>? Headers { get; set; }

    public AuthorizationSettings? Authorization { get; set; }
}
