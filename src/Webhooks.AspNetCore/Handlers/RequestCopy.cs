using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Takes out of a request what handlers are given of it, without its context, which they would outlive.</summary>
internal static class RequestCopy
{
    private static readonly string[] NeverGiven =
    [
        "Accept", "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Cookie", "Expect", "Host",
        "Keep-Alive", "Proxy-Authorization", "TE", "Transfer-Encoding", "Upgrade",
    ];

    /// <summary>The headers that handlers and stores don't get: those that prove who sent the request, and those that
    /// are about the connection.</summary>
    public static FrozenSet<string> HeldBack(
        SignatureScheme scheme, MessageFields fields, WebhookSourceOptions options) => scheme.Headers
            .Except(HeadersOf(fields).Concat(HeadersOf(scheme.Fields)), StringComparer.OrdinalIgnoreCase)
            .Concat(NeverGiven)
            .Append(options.ApiKeyHeader)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static ReceivedWebhook Of(VerifiedWebhook webhook, HttpRequest request) => new()
    {
        Source = webhook.Source,
        Id = webhook.Id,
        EventType = webhook.EventType,
        Timestamp = webhook.Timestamp,
        ContentType = request.ContentType,
        Headers = HeadersOf(webhook, request).ToDictionary(StringComparer.OrdinalIgnoreCase),
        Body = webhook.Body,
    };

    /// <summary>The headers that handlers and stores are given.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HeadersOf(VerifiedWebhook webhook, HttpRequest request)
    {
        foreach (var (name, values) in request.Headers)
        {
            if (!webhook.HeldBackHeaders.Contains(name))
                yield return new(name, values.ToString());
        }
    }

    private static IEnumerable<string> HeadersOf(MessageFields fields)
    {
        string?[] headers = [fields.IdHeader, fields.IdScopeHeader, fields.EventTypeHeader];
        return headers.OfType<string>();
    }
}
