namespace Webhooks;

/// <summary>How a client shows its secret to an OAuth 2.0 token endpoint.</summary>
public enum OAuthClientAuthentication
{
    /// <summary><c>client_secret_basic</c>: in the <c>Authorization</c> header.</summary>
    Basic = 0,

    /// <summary><c>client_secret_post</c>: in the request's body.</summary>
    Post,
}
