using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>Tells the connection pool which connections a request may use, where they aren't the sender's usual ones.</summary>
internal static class GuardedRequests
{
    public static void Assign(
        HttpRequestMessage request, NetworkPolicy? policy, X509Certificate2? clientCertificate,
        NetworkPolicy? usualPolicy = null)
    {
        if (policy is null && clientCertificate is null)
            return;

        var key = new ConnectionKey((policy ?? usualPolicy)!, clientCertificate);
        request.Options.Set(ConnectionKey.Option, key);
    }
}
