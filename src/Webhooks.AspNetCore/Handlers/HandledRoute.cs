namespace Webhooks;

/// <summary>Tells of a mapped route what its handlers take, for those who describe it.</summary>
internal sealed class HandledRoute(SourceHandlers handlers, bool isInbox)
{
    /// <summary>Whether webhooks are stored and handled after the answer.</summary>
    public bool IsInbox => isInbox;

    /// <summary>Whether webhooks that no handler wants are refused.</summary>
    public bool RejectsUnknown => !isInbox && handlers is { Fallback: null, Unknown: UnknownEventType.Reject };

    /// <summary>The names of the objects around the payload, from the top of the body.</summary>
    public IReadOnlyList<string> PayloadPath
    {
        get
        {
            var names = new List<string>();
            for (var path = handlers.PayloadPath; path.GoesOn; path = path.Next())
                names.Add(path.Segment.ToString());
            return names;
        }
    }

    /// <summary>Event types as they were given to the handlers, and what is read for them: <see langword="null"/> for
    /// the webhook as it is.</summary>
    public IEnumerable<(string EventType, Type? Payload)> Payloads => handlers.Routes
        .Select(route => (route.Pattern.Text, route.PayloadType))
        .Concat(handlers.Fallback is null ? [] : [("*", null)])
        .Distinct();
}
