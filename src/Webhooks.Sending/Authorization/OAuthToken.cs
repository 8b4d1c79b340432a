using System.Diagnostics;

namespace Webhooks;

internal sealed class OAuthToken(string accessToken, DateTimeOffset freshUntil)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string HeaderValue { get; } = "Bearer " + accessToken;

    public bool IsFresh(DateTimeOffset now) => now < freshUntil;
}
