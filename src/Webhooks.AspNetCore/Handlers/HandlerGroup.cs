namespace Webhooks;

/// <summary>The handlers of one pattern, by version.</summary>
internal sealed class HandlerGroup
{
    private readonly HandlerRoute[] _unversioned;
    private readonly Dictionary<string, HandlerRoute[]> _versioned;

    public HandlerGroup(EventPattern pattern, IReadOnlyList<HandlerRoute> routes)
    {
        Pattern = pattern;
        _unversioned = [.. routes.Where(route => route.Version is null)];
        _versioned = routes.Where(route => route.Version is not null)
            .GroupBy(route => route.Version!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    public EventPattern Pattern { get; }

    /// <summary>The handlers for a version, or else those for any; none where only other versions are wanted.</summary>
    public HandlerRoute[] Find(string? version) =>
        version is not null && _versioned.TryGetValue(version, out var routes) ? routes : _unversioned;
}
