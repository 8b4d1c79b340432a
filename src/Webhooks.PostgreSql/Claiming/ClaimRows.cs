using Npgsql;

namespace Webhooks;

/// <summary>Reads the rows of a claim: one says what it looked at, the others are deliveries.</summary>
/// <param name="breadth">How many endpoints that have something it looked for.</param>
internal sealed class ClaimRows(int breadth)
{
    private const int FirstOfDelivery = 8;
    private const int FirstOfMessage = FirstOfDelivery + LeasedRow.Columns;
    private const int MostEndpoints = 2000;

    private readonly Dictionary<long, MessageRecord> _messages = [];
    private readonly List<LeasedRow> _deliveries = [];

    public long Revision { get; private set; }

    /// <summary>How many deliveries could be had, were it not for the request's limits and other nodes.</summary>
    public long Offered { get; private set; }

    /// <summary>The first endpoint that has deliveries to offer, of which none was taken.</summary>
    public long? Unserved { get; private set; }

    public TimeSpan? NextDue { get; private set; }

    /// <summary>Endpoints that are deleted, but have pending deliveries.</summary>
    public IReadOnlyList<long> Deleted { get; private set; } = [];

    /// <summary>Whether anything is pending that has an ordering key.</summary>
    public bool HasOrdered { get; private set; }

    public ClaimLook Look { get; private set; } = new(0, false, false, []);

    public void Add(NpgsqlDataReader row)
    {
        if (row.IsDBNull(FirstOfDelivery))
        {
            ReadSummary(row);
            return;
        }

        var delivery = LeasedRow.Read(row, FirstOfDelivery);
        _deliveries.Add(delivery);
        // The message comes once, however many of the deliveries share it.
        if (row.GetBoolean(FirstOfMessage))
            _messages.Add(delivery.Message, MessageRow.Read(row, delivery.Message, FirstOfMessage + 1));
    }

    /// <summary>The deliveries, best first.</summary>
    public LeasedDelivery[] Deliveries() =>
    [
        .. _deliveries.OrderBy(static delivery => delivery.Rank)
            .Select(delivery => delivery.With(_messages[delivery.Message])),
    ];

    private void ReadSummary(NpgsqlDataReader row)
    {
        Revision = row.GetInt64(0);
        Offered = row.GetInt64(2);
        Unserved = row.IsDBNull(3) ? null : row.GetInt64(3);
        NextDue = row.IsDBNull(4) ? null : row.GetTimeSpan(4);
        Deleted = row.IsDBNull(5) ? [] : row.GetFieldValue<long[]>(5);
        var last = row.GetFieldValue<long[]>(1);
        var isCut = last[2] >= MostEndpoints || last[3] >= breadth;
        HasOrdered = row.GetBoolean(6);
        var keys = row.IsDBNull(7) ? [] : ReadKeys(row.GetFieldValue<long[,]>(7));
        Look = new ClaimLook(last[0], last[1] != 0, isCut, keys);
    }

    private static KeyLook[] ReadKeys(long[,] keys)
    {
        var looks = new KeyLook[keys.GetLength(0)];
        for (var i = 0; i < looks.Length; i++)
            looks[i] = new KeyLook(keys[i, 0], keys[i, 1], keys[i, 2] != 0, (int)keys[i, 3]);
        return looks;
    }
}
