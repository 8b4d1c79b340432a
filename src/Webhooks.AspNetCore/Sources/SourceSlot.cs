namespace Webhooks;

/// <summary>The place of one source: its name stays, what is in it changes with the options.</summary>
internal sealed class SourceSlot(string name)
{
    private volatile WebhookSource? _current;

    public string Name { get; } = name;

    /// <summary>Null while the options make no sense: requests are then refused.</summary>
    public WebhookSource? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Outlives a source whose options went bad, so that its paths stay protected.</summary>
    public string? PathPrefix { get; set; }
}
