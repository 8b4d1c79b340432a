using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>Messages and their deliveries as arrays, one for each column.</summary>
internal sealed class MessageColumns
{
    /// <summary>How many bits of a delivery's number come after its message's, see the table of messages.</summary>
    public const int DeliveryBits = 20;

    public const int MaxDeliveries = 1 << DeliveryBits;

    private readonly NewMessage[] _messages;
    private readonly long?[] _orders;

    public MessageColumns(IEnumerable<NewMessage> messages)
    {
        _messages = [.. messages];
        _orders = [.. _messages.Select(static message => message.Message.OrderingKey is { } key
            ? OrderHash.Of(message.Message.Tenant, key)
            : (long?)null)];
        if (_messages.Any(static message => message.Endpoints.Count > MaxDeliveries))
            throw new ArgumentException($"A message goes to {MaxDeliveries} endpoints at most.");
    }

    public bool IsOrdered => _orders.Any(static order => order is not null);

    public bool IsKeyed => _messages.Any(static message => message.Message.IdempotencyKey is not null);

    /// <summary>Adds what has to come before the messages: how long their keys may be waited for, and the locks of
    /// their ordering keys.</summary>
    /// <returns>How many statements that is.</returns>
    public int AddLocks(Statements statements, SqlText sql, TimeSpan? maxKeyWait)
    {
        if (maxKeyWait is { } wait)
        {
            var milliseconds = Math.Max((long)wait.TotalMilliseconds, 1);
            statements.Add(sql.KeyWait, Arg.Text(milliseconds.ToString(CultureInfo.InvariantCulture)));
        }

        if (IsOrdered)
            statements.Add(sql.OrderLocks, Arg.Of<long[]>([.. _orders.OfType<long>()]));
        return statements.Count;
    }

    public NpgsqlParameter[] Messages() =>
    [
        Ids(),
        Tenants(),
        Arg.Texts(Column(static message => message.Message.EventType)),
        Arg.Times(Column(static message => (DateTime?)message.Message.Timestamp.UtcDateTime)),
        Arg.Times(Optional(static message => message.Message.ExpiresAt?.UtcDateTime)),
        Arg.Texts(Column(static message => message.Message.ContentType)),
        Arg.Texts(Optional(static message => message.Message.OrderingKey)),
        Keys(),
        Arg.Array(Optional(static message => Bytes(message.Message.Headers)), NpgsqlDbType.Bytea),
        Arg.Array(Column(static message => message.Message.Payload), NpgsqlDbType.Bytea),
        Arg.Of(Column(static message => message.Endpoints.Count)),
    ];

    public NpgsqlParameter[] Deliveries()
    {
        var count = _messages.Sum(static message => message.Endpoints.Count);
        var (of, place, endpoint, bytes) = (new int[count], new int[count], new long[count], new int[count]);
        var delay = _messages.Any(static message => message.Delay > TimeSpan.Zero) ? new TimeSpan?[count] : null;
        var order = IsOrdered ? new long?[count] : null;
        var next = 0;
        for (var i = 0; i < _messages.Length; i++)
        {
            var message = _messages[i];
            for (var j = 0; j < message.Endpoints.Count; j++, next++)
            {
                (of[next], place[next], endpoint[next]) = (i + 1, j, message.Endpoints[j]);
                bytes[next] = message.Message.Payload.Length;
                if (delay is not null && message.Delay > TimeSpan.Zero)
                    delay[next] = message.Delay;
                if (order is not null)
                    order[next] = _orders[i];
            }
        }

        return
        [
            Arg.Of(of), Arg.Of(place), Arg.Of(endpoint), Arg.Of(bytes), Arg.Array(delay, NpgsqlDbType.Interval),
            Arg.Array(order, NpgsqlDbType.Bigint),
        ];
    }

    /// <summary>By what the first deliveries of each message are held, if by anything.</summary>
    public NpgsqlParameter[] Lease(DirectLease? lease) =>
    [
        Arg.Optional(lease?.Lease, NpgsqlDbType.Bigint),
        Arg.Optional(lease?.Duration, NpgsqlDbType.Interval),
        Arg.Array(lease is null ? null : Column(static message => message.DirectCount), NpgsqlDbType.Integer),
    ];

    public NpgsqlParameter Ids() => Arg.Texts(Column(static message => message.Message.Id));

    public NpgsqlParameter Tenants() => Arg.Texts(Column(static message => message.Message.Tenant));

    public NpgsqlParameter Keys() => Arg.Texts(Optional(static message => message.Message.IdempotencyKey));

    private static byte[]? Bytes(ReadOnlyMemory<byte> memory) => memory.IsEmpty ? null : memory.ToArray();

    private T[] Column<T>(Func<NewMessage, T> value) => Array.ConvertAll(_messages, message => value(message));

    private T?[]? Optional<T>(Func<NewMessage, T?> value)
    {
        var column = Column(value);
        return column.Any(static one => one is not null) ? column : null;
    }
}
