namespace Webhooks;

/// <summary>OAuth 2.0 client credentials. Compared by value, so that who has the same shares a token.</summary>
internal sealed record OAuthSettings
{
    public required string TokenEndpoint { get; set; }

    public required string ClientId { get; set; }

    public required string ClientSecret { get; set; }

    public string? Scope { get; set; }

    public string? Audience { get; set; }

    /// <summary>Whether the client's secret goes in the request's body.</summary>
    public bool InBody { get; set; }

    public override string ToString() => "[redacted]";
}
