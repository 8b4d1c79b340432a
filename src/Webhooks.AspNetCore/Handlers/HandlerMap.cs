using System.Collections.Frozen;

namespace Webhooks;

/// <summary>Finds the handlers for an event type: those of its very name first, then those of the longest pattern that
/// matches it, those of <c>*</c> last. Never of two patterns at once.</summary>
internal sealed class HandlerMap
{
    private readonly FrozenDictionary<string, HandlerGroup> _exact;
    private readonly HandlerGroup[] _patterns;

    public HandlerMap(IEnumerable<HandlerRoute> routes)
    {
        var groups = routes.GroupBy(route => route.Pattern.Text, StringComparer.Ordinal)
            .Select(group => new HandlerGroup(group.First().Pattern, [.. group]))
            .ToList();
        _exact = groups.Where(group => group.Pattern.IsExact)
            .ToFrozenDictionary(group => group.Pattern.Text, StringComparer.Ordinal);
        _patterns = [.. groups.Where(group => !group.Pattern.IsExact)
            .OrderByDescending(group => group.Pattern.Text.Length)];
    }

    /// <summary>The handlers in the order in which they were added; empty where nobody wants the webhook.</summary>
    public HandlerRoute[] Find(string? eventType, string? version)
    {
        if (eventType is not null && _exact.TryGetValue(eventType, out var exact)
            && exact.Find(version) is { Length: > 0 } exactRoutes)
            return exactRoutes;

        foreach (var group in _patterns)
        {
            if (group.Pattern.Matches(eventType) && group.Find(version) is { Length: > 0 } routes)
                return routes;
        }

        return [];
    }
}
