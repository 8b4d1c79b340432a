using System.Text.Json;

namespace Webhooks;

/// <summary>The handlers of one source: gathered while routes are mapped, then fixed when the first webhook or the
/// start of the application asks for them.</summary>
internal sealed class SourceHandlers(string source)
{
    private readonly Lock _gate = new();
    private readonly List<HandlerRoute> _routes = [];
    private volatile HandlerMap? _map;
    private VersionReader? _versions;
    private HandlerRoute? _fallback;
    private UnknownEventType _unknown;
    private JsonPath _payloadPath;
    private bool _refusesDuplicates;

    public string Source => source;

    public IReadOnlyList<HandlerRoute> Routes => _routes;

    public HandlerRoute? Fallback { get => _fallback; set => Change(() => _fallback = value); }

    public UnknownEventType Unknown { get => _unknown; set => Change(() => _unknown = value); }

    public VersionReader? Versions { get => _versions; set => Change(() => _versions = value); }

    /// <summary>The way from the top of the body to the payload. The default leads nowhere: the body is the
    /// payload.</summary>
    public JsonPath PayloadPath { get => _payloadPath; set => Change(() => _payloadPath = value); }

    /// <summary>Whether a body in which any object has two properties of one name is refused.</summary>
    public bool RefusesDuplicates { get => _refusesDuplicates; set => Change(() => _refusesDuplicates = value); }

    public void Add(HandlerRoute route) => Change(() => _routes.Add(route));

    /// <summary>The handlers that a webhook is for, in their order; empty where nobody wants it.</summary>
    /// <exception cref="JsonException">The body isn't what the source's settings ask for.</exception>
    public HandlerRoute[] Find(ReceivedWebhook received, out string? version)
    {
        if (_refusesDuplicates)
            JsonPayload.RefuseDuplicates(received.Body);

        version = _versions?.Find(received);
        var found = Fix().Find(received.EventType, version);
        return found.Length == 0 && _fallback is not null ? [_fallback] : found;
    }

    /// <summary>Ends the time of changes.</summary>
    public HandlerMap Fix()
    {
        if (_map is { } map)
            return map;

        lock (_gate)
            return _map ??= new HandlerMap(_routes);
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            if (_map is not null)
                throw new InvalidOperationException(
                    $"The handlers of '{source}' are in use already. Add all of them where the route is mapped.");

            change();
        }
    }
}
