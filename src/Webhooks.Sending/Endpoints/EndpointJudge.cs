namespace Webhooks;

/// <summary>Judges an endpoint before it is stored: as it will be loaded, and under the network policy that it will be
/// sent under.</summary>
internal sealed class EndpointJudge(EndpointLoader loader, NetworkPolicy usualPolicy)
{
    /// <exception cref="ArgumentException">A URL is refused.</exception>
    /// <exception cref="InvalidOperationException">The application's code threw.</exception>
    public void Check(WebhookEndpoint stored)
    {
        var prepared = loader.Prepare(stored);
        var policy = prepared.Network ?? usualPolicy;
        Check(policy, prepared.Url, "URL");
        if (stored.Authorization?.Describe() is { OAuth: { } oauth })
            Check(policy, new Uri(oauth.TokenEndpoint), "OAuth token endpoint");
    }

    private static void Check(NetworkPolicy policy, Uri url, string what)
    {
        var verdict = policy.Judge(url);
        if (!verdict.IsAllowed)
            throw new ArgumentException($"The endpoint's {what} is refused. {verdict.Message}");
    }
}
