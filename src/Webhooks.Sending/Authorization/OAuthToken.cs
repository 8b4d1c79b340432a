namespace Webhooks;

internal sealed class OAuthToken(string accessToken, DateTimeOffset freshUntil)
{
    public string HeaderValue { get; } = "Bearer " + accessToken;

    public bool IsFresh(DateTimeOffset now) => now < freshUntil;
}
