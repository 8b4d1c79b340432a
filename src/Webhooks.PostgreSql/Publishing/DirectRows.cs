using Npgsql;

namespace Webhooks;

/// <summary>What is held by a publication's own lease, as its node knows it without reading it back.</summary>
internal static class DirectRows
{
    /// <summary>The deliveries of a batch of which all is new.</summary>
    /// <param name="batch">The batch, with a lease.</param>
    /// <param name="numbers">The numbers of its messages.</param>
    /// <param name="createdAt">When it was stored.</param>
    public static List<LeasedDelivery> Of(PublishBatch batch, long[] numbers, DateTimeOffset createdAt)
    {
        var leased = new List<LeasedDelivery>();
        for (var i = 0; i < numbers.Length; i++)
        {
            var item = batch.Messages[i];
            if (item.DirectCount == 0)
                continue;

            var message = item.Message with { Number = numbers[i], CreatedAt = createdAt };
            for (var place = 0; place < item.DirectCount && place < item.Endpoints.Count; place++)
            {
                leased.Add(new LeasedDelivery
                {
                    Id = (numbers[i] << MessageColumns.DeliveryBits) + place,
                    EndpointNumber = item.Endpoints[place],
                    Message = message,
                });
            }
        }

        return leased;
    }

    /// <summary>Reads what the lease holds of messages that have an id each.</summary>
    public static async Task<List<LeasedDelivery>> ReadAsync(
        NpgsqlDataReader reader, PublishBatch batch, CancellationToken cancellationToken)
    {
        var messages = batch.Messages.ToDictionary(static message => message.Message.Id, static message => message.Message);
        var leased = new List<LeasedDelivery>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var message = messages[reader.GetString(0)];
            if (message.Number == 0)
            {
                message = message with { Number = reader.GetInt64(1), CreatedAt = reader.Time(2) };
                messages[message.Id] = message;
            }

            leased.Add(new LeasedDelivery
            {
                Id = reader.GetInt64(3),
                EndpointNumber = reader.GetInt64(4),
                Message = message,
            });
        }

        return leased;
    }
}
