using System.Diagnostics;
using System.Text;

namespace Webhooks;

/// <summary>
/// The credentials that requests to an endpoint carry in one header, beside the signature. Immutable and safe to use
/// from many threads; derive from this class for your own. Never shows what it holds.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class WebhookAuthorization
{
    /// <summary>The header that carries the credentials: <c>Authorization</c> unless overridden.</summary>
    public virtual string HeaderName => "Authorization";

    /// <summary>An API key in a header of its own.</summary>
    /// <param name="headerName">The header, such as <c>X-Api-Key</c>; reserved headers are refused.</param>
    /// <param name="key">The key: visible ASCII.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The header is reserved or not a token, or the key can't be sent.</exception>
    public static WebhookAuthorization ApiKey(string headerName, string key)
    {
        ArgumentNullException.ThrowIfNull(headerName);
        return new StaticAuthorization(headerName, key, "API key");
    }

    /// <summary>A bearer token: <c>Authorization: Bearer …</c>.</summary>
    /// <param name="token">The token: visible ASCII without spaces.</param>
    /// <exception cref="ArgumentNullException"><paramref name="token"/> is null.</exception>
    /// <exception cref="ArgumentException">The token is empty, has spaces or can't be sent.</exception>
    public static WebhookAuthorization Bearer(string token)
    {
        CredentialText.CheckToken(token, nameof(token));
        return new StaticAuthorization("Authorization", "Bearer " + token, "bearer token");
    }

    /// <summary>User name and password: <c>Authorization: Basic …</c>, as UTF-8.</summary>
    /// <param name="user">The user name, without a colon.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The user name has a colon, or either has a control character.</exception>
    public static WebhookAuthorization Basic(string user, string password)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(password);
        if (user.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException("A user name for basic authentication can't have a colon.", nameof(user));
        if (user.Any(char.IsControl) || password.Any(char.IsControl))
            throw new ArgumentException("A user name and password for basic authentication have no control "
                + "characters.");

        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return new StaticAuthorization("Authorization", "Basic " + credentials, "basic");
    }

    /// <summary>
    /// OAuth 2.0 client credentials: a token from a token endpoint, kept until shortly before it expires, fetched once
    /// however many sends wait for it, and replaced once when a receiver answers 401 to it. Use one object for all
    /// endpoints with the same credentials, since each keeps its own token.
    /// </summary>
    /// <param name="credentials">The token endpoint and the client.</param>
    /// <exception cref="ArgumentNullException"><paramref name="credentials"/> is null.</exception>
    public static WebhookAuthorization OAuthClientCredentials(OAuthClientCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return new OAuthAuthorization(credentials);
    }

    /// <summary>Gives the header's value for one request.</summary>
    /// <param name="context">The message, the endpoint and a way to ask a token endpoint.</param>
    /// <param name="cancellationToken">Cancelled when the attempt's time is over.</param>
    /// <returns>The whole value: visible ASCII, at most 8 KiB.</returns>
    /// <remarks>An exception thrown here is recorded as <see cref="WebhookErrorKind.AuthorizationFailed"/>.</remarks>
    public abstract ValueTask<string> GetHeaderValueAsync(
        WebhookAuthorizationContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Told that the receiver answered 401. Whoever can get new credentials forgets the refused ones and returns true:
    /// the request is then made once more in the same attempt.
    /// </summary>
    /// <param name="refusedValue">The header's value that was refused.</param>
    public virtual bool TryRenew(string refusedValue) => false;

    /// <summary>The credentials as data to store, or null when they are code.</summary>
    internal virtual AuthorizationSettings? Describe() => null;

    /// <summary>The kind of credentials, never the credentials.</summary>
    public override string ToString() => $"{HeaderName}: [redacted]";
}
