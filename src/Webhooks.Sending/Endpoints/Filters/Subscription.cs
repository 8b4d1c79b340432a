using System.Text.Json;

namespace Webhooks;

/// <summary>What an endpoint wants: read from its stored settings without touching its secrets.</summary>
internal sealed class Subscription(IReadOnlyList<EventTypeFilter> eventTypes, PayloadFilter? payloadFilter)
{
    public static readonly IReadOnlyList<EventTypeFilter> AllEventTypes = Array.AsReadOnly([EventTypeFilter.All]);

    private const int MaxEventTypes = 100;

    private static readonly Subscription Everything = new(AllEventTypes, payloadFilter: null);

    public IReadOnlyList<EventTypeFilter> EventTypes => eventTypes;

    public PayloadFilter? PayloadFilter => payloadFilter;

    public static IReadOnlyList<EventTypeFilter> CheckEventTypes(IReadOnlyList<EventTypeFilter> eventTypes)
    {
        ArgumentNullException.ThrowIfNull(eventTypes);
        EventTypeFilter[] list = [.. eventTypes.Distinct()];
        if (list.Length is 0 or > MaxEventTypes)
        {
            throw new ArgumentException(
                $"EventTypes has 1 to {MaxEventTypes} filters: use '*' for all, and disable an endpoint that is to get "
                + "none.");
        }

        return !list.Contains(default)
            ? Array.AsReadOnly(list)
            : throw new ArgumentException("EventTypes has a filter that is default: use EventTypeFilter.Parse.");
    }

    /// <summary>
    /// Reads what is wanted. What can't be read (a later version wrote it, or it is damaged) limits nothing: a delivery
    /// too many is seen and can be mended, a message that silently went nowhere can't.
    /// </summary>
    public static Subscription Read(ReadOnlySpan<byte> settings)
    {
        try
        {
            return JsonSerializer.Deserialize(settings, EndpointSettingsJson.Default.SubscriptionSettings) is { } read
                ? new Subscription(ReadEventTypes(read.Events), ReadFilter(read.Filter))
                : Everything;
        }
        catch (JsonException)
        {
            return Everything;
        }
    }

    private static IReadOnlyList<EventTypeFilter> ReadEventTypes(string[]? texts)
    {
        if (texts is null or [])
            return AllEventTypes;

        var filters = new EventTypeFilter[texts.Length];
        for (var i = 0; i < filters.Length; i++)
        {
            if (!EventTypeFilter.TryParse(texts[i], out filters[i]))
                return AllEventTypes;
        }

        return filters;
    }

    private static PayloadFilter? ReadFilter(JsonElement? filter)
    {
        try
        {
            return filter is { } list ? PayloadFilter.AllOf(PayloadFilterText.Read(list)) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
