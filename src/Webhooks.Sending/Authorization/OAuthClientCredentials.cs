using System.Diagnostics;

namespace Webhooks;

/// <summary>An OAuth 2.0 client and where it gets its tokens. Never shows the client's secret.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OAuthClientCredentials
{
    /// <summary>Names the token endpoint and the client.</summary>
    /// <param name="tokenEndpoint">The absolute URL tokens are asked from, under the endpoint's network policy.</param>
    /// <param name="clientId">The client's id.</param>
    /// <param name="clientSecret">The client's secret.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The URL isn't absolute http or https, or has user info or a fragment; or the
    /// id is empty.</exception>
    public OAuthClientCredentials(Uri tokenEndpoint, string clientId, string clientSecret)
    {
        ArgumentNullException.ThrowIfNull(tokenEndpoint);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentNullException.ThrowIfNull(clientSecret);
        EndpointUrl.Check(tokenEndpoint);
        TokenEndpoint = tokenEndpoint;
        ClientId = clientId;
        ClientSecret = clientSecret;
    }

    /// <summary>Where tokens are asked from.</summary>
    public Uri TokenEndpoint { get; }

    /// <summary>The client's id.</summary>
    public string ClientId { get; }

    /// <summary>The scope to ask for, scopes parted by spaces.</summary>
    /// <value>The default is null: none is sent.</value>
    public string? Scope { get; init; }

    /// <summary>The audience to ask for, which some authorization servers need.</summary>
    /// <value>The default is null: none is sent.</value>
    public string? Audience { get; init; }

    /// <summary>How the client shows its secret.</summary>
    /// <value>The default is <see cref="OAuthClientAuthentication.Basic"/>.</value>
    public OAuthClientAuthentication ClientAuthentication { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string ClientSecret { get; }

    internal OAuthSettings Describe() => new()
    {
        TokenEndpoint = TokenEndpoint.OriginalString,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Scope = Scope,
        Audience = Audience,
        InBody = ClientAuthentication == OAuthClientAuthentication.Post,
    };

    /// <summary>The token endpoint's host, never the client's secret.</summary>
    public override string ToString() => $"OAuth client credentials from {TokenEndpoint.Host} [redacted]";
}
