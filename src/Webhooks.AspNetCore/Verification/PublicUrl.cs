using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Webhooks;

/// <summary>The URL as the sender knows it, byte for byte: a decoded and encoded again one has another
/// signature.</summary>
internal static class PublicUrl
{
    public static string Of(HttpContext context, string? publicUrl)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;

        // A target with a host of its own would let the sender choose the URL that its signature is checked against.
        if (target is not ['/', ..])
            target = $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString}";

        return publicUrl is null ? $"{request.Scheme}://{request.Host.Value}{target}" : publicUrl + target;
    }
}
