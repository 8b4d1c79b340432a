using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>
/// Sends each request over connections of its own <see cref="ConnectionKey"/>: one handler a key, made when first
/// needed and let go when long unused, so that policies and client certificates never share a connection.
/// </summary>
/// <remarks>
/// A refusal at connect time comes out wrapped (see <see cref="NetworkRefusedException.Find"/>): unwrapping it here
/// would cost every request a state machine.
/// </remarks>
internal sealed class EndpointConnections(
    NetworkPolicy policy,
    TimeProvider time,
    Func<ConnectionKey, HttpMessageHandler> createHandler,
    int capacity = EndpointConnections.DefaultCapacity)
    : HttpMessageHandler
{
    public const int DefaultCapacity = 1024;

    public static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ConnectionKey, Entry> _entries = new();
    private readonly ConnectionKey _usual = new(policy);
    private readonly Lock _sweeping = new();
    private List<Entry> _retired = [];
    private long _lastSweep = time.GetTimestamp();
    private bool _isDisposed;

    public EndpointConnections(NetworkPolicy policy, NetworkResolver resolver, TimeProvider time)
        : this(policy, time, key => GuardedSocketsHandler.Create(key.Policy, key.ClientCertificate, resolver, time))
    {
    }

    /// <summary>How many keys hold a handler now.</summary>
    public int Count => _entries.Count;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = ConnectionKey.Of(request) ?? _usual;

        var verdict = GuardedRequest.Judge(request, key.Policy);
        if (!verdict.IsAllowed)
            return Task.FromException<HttpResponseMessage>(new NetworkRefusedException(verdict));

        GuardedRequest.ForbidHttp3(request);
        if (request is WebhookRequest webhook)
            webhook.HasReachedConnections = true;
        return Find(key).SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_sweeping)
            {
                _isDisposed = true;
                _retired.AddRange(_entries.Values);
                _entries.Clear();
                DisposeRetired();
            }
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Find(ConnectionKey key)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Volatile.Read(ref _lastSweep), now) >= SweepInterval)
            Sweep(now);
        if (!_entries.TryGetValue(key, out var entry))
            entry = Add(key, now);

        entry.Touch(now);
        return entry.Invoker;
    }

    private Entry Add(ConnectionKey key, long now)
    {
        lock (_sweeping)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_entries.TryGetValue(key, out var existing))
                return existing;
            if (_entries.Count >= capacity)
                Retire(_entries.MinBy(static pair => pair.Value.LastUsed).Key);

            return _entries[key] = new Entry(new HttpMessageInvoker(createHandler(key)), now);
        }
    }

    private void Sweep(long now)
    {
        lock (_sweeping)
        {
            if (time.GetElapsedTime(_lastSweep, now) < SweepInterval)
                return;

            Volatile.Write(ref _lastSweep, now);
            DisposeRetired();
            foreach (var (key, entry) in _entries)
            {
                if (time.GetElapsedTime(entry.LastUsed, now) >= MaxIdle)
                    Retire(key);
            }
        }
    }

    // A request may have found the entry a moment before it was retired, so it is disposed a sweep later.
    private void Retire(ConnectionKey key)
    {
        if (_entries.TryRemove(key, out var entry))
            _retired.Add(entry);
    }

    private void DisposeRetired()
    {
        foreach (var entry in _retired)
            entry.Invoker.Dispose();

        _retired = [];
    }

    private sealed class Entry(HttpMessageInvoker invoker, long now)
    {
        private long _lastUsed = now;

        public HttpMessageInvoker Invoker { get; } = invoker;

        public long LastUsed => Volatile.Read(ref _lastUsed);

        public void Touch(long now) => Volatile.Write(ref _lastUsed, now);
    }
}
