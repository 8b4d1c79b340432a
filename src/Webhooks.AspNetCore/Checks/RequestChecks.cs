using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>The checks that need no secret and no body, cheapest first. Their order is part of the
/// documentation.</summary>
internal static class RequestChecks
{
    public static bool TryPass(HttpContext context, WebhookSource source, out WebhookVerdict refusal)
    {
        var found = FindRefusal(context, source);
        refusal = found ?? WebhookVerdict.Refused;
        return found is null;
    }

    private static WebhookVerdict? FindRefusal(HttpContext context, WebhookSource source)
    {
        var request = context.Request;
        if (!IsAllowedMethod(source.Methods, request.Method))
            return WebhookVerdict.MethodNotAllowed;

        if (!IsIdentity(request.Headers) && source.Codings?.Find(request.Headers) is null)
            return WebhookVerdict.EncodedBody;
        if (!HasOneContentType(request) || !MediaType.IsAmong(source.ContentTypes, request.ContentType))
            return WebhookVerdict.ContentTypeNotAllowed;
        if (request.ContentLength > source.MaxBodySize)
            return WebhookVerdict.BodyTooLarge;
        if (source.Credentials is { } credentials && !credentials.Accept(request.Headers))
            return WebhookVerdict.Unauthorized;

        return null;
    }

    private static bool IsAllowedMethod(string[] methods, string method)
    {
        foreach (var allowed in methods)
        {
            if (HttpMethods.Equals(allowed, method))
                return true;
        }

        return false;
    }

    private static bool IsIdentity(IHeaderDictionary headers)
    {
        var encoding = headers.ContentEncoding;
        return encoding.Count == 0
            || (encoding.Count == 1 && string.Equals(encoding[0], "identity", StringComparison.OrdinalIgnoreCase));
    }

    private static bool HasOneContentType(HttpRequest request) => request.Headers.ContentType.Count <= 1;
}
