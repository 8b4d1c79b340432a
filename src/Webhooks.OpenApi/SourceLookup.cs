using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Finds the source that protects a route.</summary>
internal static class SourceLookup
{
    /// <summary>The source named last, as for the middleware; <see langword="null"/> where the route isn't protected, or
    /// by a source that can't be used now.</summary>
    public static WebhookSource? Find(IEnumerable<object> metadata, IServiceProvider services)
    {
        var protection = metadata.OfType<RequireWebhookVerificationAttribute>().LastOrDefault();
        return protection is not null
            && services.GetService<WebhookSources>() is { } sources
            && sources.TryFind(protection.Source, out var slot)
                ? slot.Current
                : null;
    }
}
