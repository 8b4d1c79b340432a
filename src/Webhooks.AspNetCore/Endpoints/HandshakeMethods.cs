using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Lets the requests of a source's handshake reach the middleware: an endpoint that is mapped for
/// <c>POST</c> alone would otherwise be answered 405 by the router.</summary>
internal static class HandshakeMethods
{
    public static void Add(EndpointBuilder endpoint)
    {
        var mapped = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault();
        if (mapped is null or { HttpMethods.Count: 0 } || FindSource(endpoint)?.Handshake is not { } handshake)
            return;

        var methods = mapped.HttpMethods.Union(handshake.Methods, StringComparer.OrdinalIgnoreCase).ToList();
        if (methods.Count > mapped.HttpMethods.Count)
            endpoint.Metadata.Add(new HttpMethodMetadata(methods, mapped.AcceptCorsPreflight));
    }

    private static WebhookSource? FindSource(EndpointBuilder endpoint)
    {
        var protection = endpoint.Metadata.OfType<RequireWebhookVerificationAttribute>().LastOrDefault();
        var sources = endpoint.ApplicationServices.GetService<WebhookSources>();
        return protection is not null && sources is not null && sources.TryFind(protection.Source, out var slot)
            ? slot.Current
            : null;
    }
}
