using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Webhooks;

/// <summary>
/// The abuse protection of CloudEvents ("HTTP 1.1 Web Hooks for Event Delivery", section 4): an origin asks with
/// <c>OPTIONS</c> whether it may send, and permission is a header of the answer, whatever the status. The address that
/// <c>WebHook-Request-Callback</c> names is a stranger's, and is never called.
/// </summary>
internal sealed class CloudEventsHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["OPTIONS"];

    public override ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsOptions(request.Method)
            || request.Headers["WebHook-Request-Origin"] is not { Count: > 0 } origins)
            return new(false);

        if (origins is [{ } origin] && HandshakeText.IsEcho(origin)
            && IsRate(request.Headers["WebHook-Request-Rate"]))
            Answer(context, origin);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return new(true);
    }

    private static void Answer(WebhookHandshakeContext context, string origin)
    {
        context.Answer(StatusCodes.Status200OK);
        var headers = context.HttpContext.Response.Headers;
        headers.Allow = "POST, OPTIONS";
        if (!context.Options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return;

        headers["WebHook-Allowed-Origin"] = origin;
        if (context.HttpContext.Request.Headers["WebHook-Request-Rate"] is [{ } rate])
            headers["WebHook-Allowed-Rate"] = rate;
    }

    private static bool IsRate(StringValues rates) => rates switch
    {
        [] or ["*"] => true,
        [{ } rate] => int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var perMinute)
            && perMinute > 0,
        _ => false,
    };
}
