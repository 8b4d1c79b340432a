using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>All sources, compiled. Follows changes of the options without a restart.</summary>
/// <remarks>
/// Options that went bad while the application runs close their source: a secret that was to be revoked must not live
/// on because its successor has a typing error. Nothing is thrown into the reload, which would take down whoever
/// watches the configuration.
/// </remarks>
internal sealed class WebhookSources : IDisposable
{
    private readonly SourceRegistrations _registrations;
    private readonly PublishedLists _lists;
    private readonly IOptionsMonitor<WebhookSourceOptions> _options;
    private readonly IOptionsMonitor<WebhookVerificationOptions> _defaults;
    private readonly IOptions<WebhookDuplicateOptions> _duplicates;
    private readonly ILogger<WebhookSources> _logger;
    private readonly FrozenDictionary<string, SourceSlot> _slots;
    private readonly List<IDisposable?> _subscriptions = [];
    private readonly Lock _compiling = new();
    private volatile (PathString Prefix, SourceSlot Slot)[] _prefixed = [];

    public WebhookSources(
        SourceRegistrations registrations,
        IOptionsMonitor<WebhookSourceOptions> options,
        IOptionsMonitor<WebhookVerificationOptions> defaults,
        PublishedLists lists,
        IOptions<WebhookDuplicateOptions> duplicates,
        ILogger<WebhookSources> logger)
    {
        (_lists, _duplicates) = (lists, duplicates);
        (_registrations, _options, _defaults, _logger) = (registrations, options, defaults, logger);
        _slots = registrations.Names.ToFrozenDictionary(
            name => name, name => new SourceSlot(name), StringComparer.OrdinalIgnoreCase);
        _subscriptions.Add(options.OnChange((_, name) => Change(name)));
        _subscriptions.Add(defaults.OnChange(_ => ChangeAll()));
        foreach (var slot in _slots.Values)
            Compile(slot);
        SortPrefixes();
    }

    public bool TryFind(string name, [NotNullWhen(true)] out SourceSlot? slot) => _slots.TryGetValue(name, out slot);

    /// <summary>Finds the source with the longest prefix of the request's path, with or without its path
    /// base.</summary>
    public SourceSlot? FindByPath(HttpRequest request)
    {
        foreach (var (prefix, slot) in _prefixed)
        {
            if (IsBelow(request, prefix))
                return slot;
        }

        return null;
    }

    /// <summary>Reports everything that is wrong with any source.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong.</exception>
    public void Validate()
    {
        var compiled = _slots.Values.Select(slot => TryCompile(slot.Name)).ToList();
        var failures = compiled.SelectMany(result => result.Failures)
            .Concat(FindSharedPrefixes(compiled.Select(result => result.Source)))
            .Distinct().ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException("Webhooks", typeof(WebhookSourceOptions), failures);
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription?.Dispose();
    }

    private static IEnumerable<string> FindSharedPrefixes(IEnumerable<WebhookSource?> sources) => sources
        .OfType<WebhookSource>()
        .Where(source => source.PathPrefix is not null)
        .GroupBy(source => source.PathPrefix!, source => $"'{source.Name}'", StringComparer.OrdinalIgnoreCase)
        .Where(names => names.Count() > 1)
        .Select(names => "PathPrefix of the webhook sources "
            + $"{string.Join(" and ", names.Order(StringComparer.Ordinal))} "
            + "is the same, so it isn't clear which one protects the path. Give each its own.");

    private static bool IsBelow(HttpRequest request, PathString prefix) =>
        request.Path.StartsWithSegments(prefix)
        || (request.PathBase.HasValue && request.PathBase.Add(request.Path).StartsWithSegments(prefix));

    private void Change(string? name)
    {
        if (name is null || !_slots.TryGetValue(name, out var slot))
            return;

        Compile(slot);
        SortPrefixes();
        ForgetLists();
        if (slot.Current is not null)
            Log.SourceReloaded(_logger, slot.Name);
    }

    private void ChangeAll()
    {
        foreach (var slot in _slots.Values)
            Change(slot.Name);
    }

    private void Compile(SourceSlot slot)
    {
        lock (_compiling)
        {
            var (source, failures) = TryCompile(slot.Name);
            slot.Current = source;
            slot.PathPrefix = source is null ? slot.PathPrefix : source.PathPrefix;
            if (source is null)
                Log.SourceUnusable(_logger, slot.Name, string.Join(" ", failures));
        }
    }

    private (WebhookSource? Source, IReadOnlyList<string> Failures) TryCompile(string name)
    {
        try
        {
            return SourceCompiler.Compile(
                name, _options.Get(name), _defaults.CurrentValue, _registrations, _lists, _duplicates.Value);
        }
        catch (Exception exception)
        {
            Log.SourceOptionsThrew(_logger, exception, name);
            return (null, [$"The options of the webhook source '{name}' can't be made: {exception.Message}"]);
        }
    }

    /// <summary>What was fetched stays while any source is closed: it may be asked for again when that is
    /// mended.</summary>
    private void ForgetLists()
    {
        lock (_compiling)
        {
            if (_slots.Values.Any(slot => slot.Current is null))
                return;

            _lists.Keep(_slots.Values.SelectMany(slot => slot.Current?.Callers?.Published ?? []).ToHashSet());
        }
    }

    private void SortPrefixes()
    {
        lock (_compiling)
        {
            // The prefix goes along, since the slot's may change, even to none, while a request is looking.
            _prefixed = [.. _slots.Values
                .Where(slot => slot.PathPrefix is not null)
                .OrderByDescending(slot => slot.PathPrefix!.Length)
                .Select(slot => (new PathString(slot.PathPrefix), slot))];
        }
    }
}
