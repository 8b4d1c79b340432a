namespace Webhooks.Simulation;

/// <summary>Which endpoints there are and what each wants, by what was committed to the store.</summary>
internal sealed class TrackedEndpoints
{
    private readonly Dictionary<long, EndpointRecord> _records = [];
    private readonly Dictionary<string, (EventTypeFilter[] Filters, Receiver Receiver)> _expected = [];

    public IEnumerable<EndpointRecord> Records => _records.Values;

    /// <summary>Says what an endpoint wants, before it is created.</summary>
    public void Expect(string id, EventTypeFilter[] filters, Receiver receiver) => _expected[id] = (filters, receiver);

    public void OnWritten(EndpointRecord record)
    {
        _records[record.Number] = record;
        _expected[record.Id].Receiver.EndpointNumber = record.Number;
    }

    public Receiver ReceiverOf(long number) => _expected[_records[number].Id].Receiver;

    public bool IsEnabled(long number) => _records[number].State == EndpointState.Enabled;

    public IEnumerable<long> Wanting(MessageRecord message) => _records.Values
        .Where(record => record.State == EndpointState.Enabled && record.Tenant == message.Tenant)
        .Where(record => _expected[record.Id].Filters.Any(filter => Matches(filter.Value, message.EventType)))
        .Select(record => record.Number)
        .Order();

    private static bool Matches(string filter, string eventType)
        => filter == "*" || filter == eventType
            || (filter.EndsWith(".*", StringComparison.Ordinal)
                && eventType.StartsWith(filter[..^1], StringComparison.Ordinal));
}
