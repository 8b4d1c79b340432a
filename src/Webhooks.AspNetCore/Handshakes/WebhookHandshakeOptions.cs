using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>What handshakes need to know and no provider can say. Each setting names the handshakes that heed
/// it.</summary>
public sealed class WebhookHandshakeOptions
{
    /// <summary>The token that a subscriber has to show (Meta: <c>hub.verify_token</c>).</summary>
    /// <value><see langword="null"/>: such a handshake is refused</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public string? Token { get; set; }

    /// <summary>The origins that may send, as they name themselves (CloudEvents:
    /// <c>WebHook-Request-Origin</c>).</summary>
    /// <value>Empty: no origin gets permission</value>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The topics that were subscribed to (WebSub: <c>hub.topic</c>).</summary>
    /// <value>Empty: no subscription is confirmed</value>
    public IList<string> AllowedTopics { get; } = [];

    /// <summary>Whether a provider's request to confirm a subscription is granted by visiting the URL that it names
    /// (Amazon SNS: <c>SubscribeURL</c>), after it was verified. The application doesn't see it then.</summary>
    /// <value><see langword="false"/>: the request is the application's</value>
    public bool ConfirmSubscriptions { get; set; }

    internal Func<WebhookHandshakeContext, string, CancellationToken, ValueTask<bool>>? SecretKeeper
    {
        get; private set;
    }

    /// <summary>Takes a signing secret that the provider brings with its first request (Asana:
    /// <c>X-Hook-Secret</c>).</summary>
    /// <remarks>Nothing proves who brings it. Accept one only while you wait for it, right after you asked the provider
    /// to create the webhook, and on a URL that nobody can guess; else anyone could put a secret of their own in the
    /// place of the provider's.</remarks>
    /// <param name="keep">Stores the secret and says whether it was accepted. It has to be found by
    /// <see cref="WebhookSourceOptions.UseSecrets"/> from then on.</param>
    public void AcceptSecret(Func<WebhookHandshakeContext, string, CancellationToken, ValueTask<bool>> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        SecretKeeper = keep;
    }
}
