namespace Webhooks;

/// <summary>What claiming has to know of the endpoints, read again when their revision has moved on.</summary>
internal sealed class EndpointBook(DatabaseConnection connection)
{
    private const string ReadSql = "SELECT number, tenant, state FROM webhook_endpoints WHERE revision > ?1";

    private readonly Dictionary<long, EndpointNote> _notes = [];
    private long _readRevision;

    /// <summary>The endpoints' revision in this transaction.</summary>
    public long Revision { get; set; }

    public EndpointNote? Find(long number)
    {
        if (_readRevision != Revision)
            Read();
        return _notes.GetValueOrDefault(number);
    }

    public bool IsDeleted(long number) => Find(number) is null or { State: EndpointState.Deleted };

    public void Clear()
    {
        _notes.Clear();
        _readRevision = 0;
    }

    private void Read()
    {
        var statement = connection.Prepare(ReadSql).Bind(1, _readRevision);
        while (statement.Step())
            _notes[statement.Long(0)] = new EndpointNote(statement.Text(1), (EndpointState)statement.Int(2));
        _readRevision = Revision;
    }
}
