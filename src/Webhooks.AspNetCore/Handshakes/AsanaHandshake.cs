using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Asana's handshake: its first request brings the secret, and wants it back. Nothing proves whose it is, so
/// only a secret that the application waits for, or already has, is taken.</summary>
internal sealed class AsanaHandshake : WebhookHandshake
{
    private const string Header = "X-Hook-Secret";

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Headers[Header] is not { Count: > 0 } values)
            return false;

        if (values is not [{ } secret] || !HandshakeText.IsPlain(secret))
        {
            context.Answer(StatusCodes.Status400BadRequest);
        }
        else if (await IsKnownAsync(context, secret, cancellationToken).ConfigureAwait(false)
            || await IsAwaitedAsync(context, secret, cancellationToken).ConfigureAwait(false))
        {
            context.Answer(StatusCodes.Status200OK);
            context.HttpContext.Response.Headers[Header] = secret;
        }
        else
        {
            context.Answer(StatusCodes.Status401Unauthorized);
        }

        return true;
    }

    private static async ValueTask<bool> IsKnownAsync(
        WebhookHandshakeContext context, string secret, CancellationToken cancellationToken)
    {
        var known = false;
        foreach (var one in await context.FindSecretsAsync(cancellationToken).ConfigureAwait(false))
            known |= HandshakeText.IsSame(Encoding.UTF8.GetString(one.RevealKey()), secret);
        return known;
    }

    private static async ValueTask<bool> IsAwaitedAsync(
        WebhookHandshakeContext context, string secret, CancellationToken cancellationToken) =>
        context.Options.SecretKeeper is { } keep
            && await keep(context, secret, cancellationToken).ConfigureAwait(false);
}
