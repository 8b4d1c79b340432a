using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Webhooks;

/// <summary>The URL as the sender knows it, byte for byte: a decoded and encoded again one has another signature.</summary>
internal static class PublicUrl
{
    public static string Of(HttpContext context, string? publicUrl)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
            target = $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString}";
        if (!target.StartsWith('/'))
            return target;

        return publicUrl is null ? $"{request.Scheme}://{request.Host.Value}{target}" : publicUrl + target;
    }
}
