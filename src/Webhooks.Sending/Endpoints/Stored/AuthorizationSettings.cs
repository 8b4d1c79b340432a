namespace Webhooks;

/// <summary>Either a header with its value, or OAuth 2.0 client credentials.</summary>
internal sealed class AuthorizationSettings
{
    public string? Header { get; set; }

    public string? Value { get; set; }

    public string? Kind { get; set; }

    public OAuthSettings? OAuth { get; set; }
}
