namespace Webhooks;

/// <summary>Keeps one token, and lets only one request for a new one be under way.</summary>
internal sealed class OAuthAuthorization(OAuthClientCredentials credentials) : WebhookAuthorization
{
    private readonly Lock _gate = new();
    private OAuthToken? _token;
    private Task<OAuthToken>? _pending;

    public override ValueTask<string> GetHeaderValueAsync(
        WebhookAuthorizationContext context, CancellationToken cancellationToken)
    {
        var token = Volatile.Read(ref _token);
        return token is not null && token.IsFresh(context.TimeProvider.GetUtcNow())
            ? new ValueTask<string>(token.HeaderValue)
            : new ValueTask<string>(WaitAsync(context, cancellationToken));
    }

    public override bool TryRenew(string refusedValue)
    {
        lock (_gate)
        {
            // Another send may have replaced it meanwhile; then the new one is worth a try as well.
            if (_token?.HeaderValue == refusedValue)
                _token = null;
            return true;
        }
    }

    internal override AuthorizationSettings Describe() => new() { OAuth = credentials.Describe() };

    public override string ToString() => credentials.ToString();

    private async Task<string> WaitAsync(WebhookAuthorizationContext context, CancellationToken cancellationToken)
    {
        Task<OAuthToken> pending;
        lock (_gate)
        {
            if (_token is { } token && token.IsFresh(context.TimeProvider.GetUtcNow()))
                return token.HeaderValue;

            // On its own, without the caller's token: the others who wait for it must not fail when one gives up.
            pending = _pending ??= Task.Run(() => FetchAsync(context), CancellationToken.None);
        }

        return (await pending.WaitAsync(cancellationToken).ConfigureAwait(false)).HeaderValue;
    }

    private async Task<OAuthToken> FetchAsync(WebhookAuthorizationContext context)
    {
        OAuthToken? fetched = null;
        try
        {
            fetched = await OAuthTokenRequest.SendAsync(credentials, context).ConfigureAwait(false);
            return fetched;
        }
        finally
        {
            lock (_gate)
            {
                _token = fetched;
                _pending = null;
            }
        }
    }
}
