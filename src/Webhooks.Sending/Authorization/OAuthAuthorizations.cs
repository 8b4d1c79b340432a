namespace Webhooks;

/// <summary>
/// The OAuth credentials in use, by value: an endpoint that was written again, and another with the same credentials,
/// go on with the token that is there. What nobody uses any more is forgotten.
/// </summary>
internal sealed class OAuthAuthorizations
{
    private const int FirstSweep = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<OAuthSettings, WeakReference<OAuthAuthorization>> _known = [];
    private int _sweepAt = FirstSweep;

    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    /// <exception cref="ArgumentException">The token endpoint can't be one, or the client's id is empty.</exception>
    public OAuthAuthorization Get(OAuthSettings settings)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(settings, out var reference) && reference.TryGetTarget(out var known))
                return known;

            var made = new OAuthAuthorization(Create(settings));
            _known[settings] = new WeakReference<OAuthAuthorization>(made);
            if (_known.Count >= _sweepAt)
                Sweep();
            return made;
        }
    }

    private static OAuthClientCredentials Create(OAuthSettings settings) => new(
        Uri.TryCreate(settings.TokenEndpoint, UriKind.Absolute, out var url)
            ? url
            : throw new ArgumentException("The token endpoint isn't a URL."),
        settings.ClientId,
        settings.ClientSecret)
    {
        Scope = settings.Scope,
        Audience = settings.Audience,
        ClientAuthentication = settings.InBody ? OAuthClientAuthentication.Post : OAuthClientAuthentication.Basic,
    };

    private void Sweep()
    {
        foreach (var (settings, reference) in _known)
        {
            if (!reference.TryGetTarget(out _))
                _known.Remove(settings);
        }

        _sweepAt = Math.Max(FirstSweep, _known.Count * 2);
    }
}
