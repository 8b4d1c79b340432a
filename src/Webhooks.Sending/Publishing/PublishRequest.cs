namespace Webhooks;

/// <summary>Messages that one caller waits for. Either that caller ends it by giving up, or the writer does.</summary>
internal abstract class PublishRequest(IReadOnlyList<WebhookMessage> messages, long? onlyEndpoint, long startedAt)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private readonly MessageRecord[] _records = ToRecords(messages);
    private IReadOnlyCollection<PublishKey>? _keys;
    private CancellationTokenRegistration _cancellation;
    private int _state;
    private volatile bool _hasLeft;

    public IReadOnlyList<WebhookMessage> Messages => messages;

    public long StartedAt => startedAt;

    /// <summary>The messages with the endpoints of <see cref="Revision"/> that want them.</summary>
    public NewMessage[] Planned { get; private set; } = [];

    /// <summary>The revision of the endpoints that the messages are planned for; -1 before.</summary>
    public long Revision { get; private set; } = -1;

    /// <summary>How many bytes of payload.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many rows, about.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether it was tried before, and may have been stored then.</summary>
    public bool IsRetried { get; set; }

    /// <summary>Its place among all requests, in the order in which they were made.</summary>
    public long Place { get; set; }

    /// <summary>What its messages may have to wait for.</summary>
    public IReadOnlyCollection<PublishKey> Keys => _keys ??= PublishKey.Of(_records);

    /// <summary>When somebody else was first found to hold one of its keys, as a timestamp; null before.</summary>
    public long? BlockedAt { get; set; }

    public bool IsGivenUp => Volatile.Read(ref _state) == GivenUp;

    /// <summary>Looks up who wants the messages, unless that is done already.</summary>
    public void Plan(PublishPlanner planner, EndpointSnapshot snapshot)
    {
        if (Revision == snapshot.Revision)
            return;

        var planned = new NewMessage[_records.Length];
        var rows = 0;
        long bytes = 0;
        for (var i = 0; i < planned.Length; i++)
        {
            planned[i] = planner.Plan(messages[i], _records[i], onlyEndpoint, snapshot);
            rows += 1 + planned[i].Endpoints.Count;
            bytes += messages[i].Payload.Length;
        }

        (Planned, Revision, Rows, Bytes) = (planned, snapshot.Revision, rows, bytes);
    }

    /// <summary>Lets the caller give up. To be called before the request is handed on.</summary>
    public void CancelOn(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (request, token) => ((PublishRequest)request!).GiveUp(token), this);
        }
    }

    /// <summary>Takes it to be written, unless its caller has given up.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Nothing of it was written, and it waits again; its caller may give up.</summary>
    public void PutBack()
    {
        Interlocked.Exchange(ref _state, Waiting);
        if (_hasLeft)
            Interlocked.CompareExchange(ref _state, GivenUp, Waiting);
    }

    public void Complete(PublishResult[] results)
    {
        _cancellation.Unregister();
        SetResults(results);
    }

    public void Fail(Exception exception)
    {
        _cancellation.Unregister();
        SetException(exception);
    }

    protected abstract void SetResults(PublishResult[] results);

    protected abstract void SetException(Exception exception);

    protected abstract void SetCanceled(CancellationToken cancellationToken);

    private static MessageRecord[] ToRecords(IReadOnlyList<WebhookMessage> messages)
    {
        var records = new MessageRecord[messages.Count];
        for (var i = 0; i < records.Length; i++)
            records[i] = MessageRecords.ToRecord(messages[i]);
        return records;
    }

    // What is being written goes on: the others of its batch wait for it.
    private void GiveUp(CancellationToken cancellationToken)
    {
        _hasLeft = true;
        Interlocked.CompareExchange(ref _state, GivenUp, Waiting);
        SetCanceled(cancellationToken);
    }
}
