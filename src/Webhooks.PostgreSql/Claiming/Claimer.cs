using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Leases what is due, in one round trip.</summary>
internal sealed class Claimer(Database database, DeliveryCanceller canceller, ILogger logger)
{
    private readonly ClaimProgress _progress = new();
    private readonly ClaimBreadth _breadth = new();

    // Where nothing is ordered, as nearly everywhere, the statement does without what is for ordering keys.
    private volatile bool _hasOrdered = true;

    public async Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var endpoints = _progress.Endpoints(request.Cursor);
        var looksForOrdered = _hasOrdered;
        var sql = looksForOrdered ? database.Sql.Claim : database.Sql.ClaimUnordered;
        var rows = await database.RunAsync(
            (connection, token) => RunAsync(connection, sql, request, endpoints, token), cancellationToken)
            .ConfigureAwait(false);
        var deliveries = rows.Deliveries();
        var isNotAll = deliveries.Length < rows.Offered || deliveries.Length == request.MaxCount;
        _breadth.Note(request.MaxCount, rows.Offered, rows.Look.IsCut, deliveries);
        var hasMore = _progress.Note(endpoints, rows.Look, rows.Offered > 0) || isNotAll
            || (rows.HasOrdered && !looksForOrdered);
        _hasOrdered = rows.HasOrdered;
        foreach (var endpoint in rows.Deleted)
            await CancelLeftoversAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return new ClaimResult
        {
            Deliveries = deliveries,
            Cursor = rows.Unserved - 1 ?? (rows.Look.IsCut ? rows.Look.Last : request.Cursor),
            HasMore = hasMore,
            NextDue = rows.NextDue,
            EndpointRevision = rows.Revision,
        };
    }

    private async Task<ClaimRows> RunAsync(
        NpgsqlConnection connection, string sql, ClaimRequest request, Circle endpoints,
        CancellationToken cancellationToken)
    {
        var breadth = _breadth.For(request.MaxCount);
        var statements = database.Planned(connection)
            .Add(sql, Parameters(request, endpoints, breadth));
        await using (statements.ConfigureAwait(false))
        {
            var rows = new ClaimRows(breadth);
            var reader = await statements.ReadAsync(1, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    rows.Add(reader);
            }

            return rows;
        }
    }

    private NpgsqlParameter[] Parameters(ClaimRequest request, Circle endpoints, int breadth)
    {
        var limits = request.EndpointLimits.OrderBy(static limit => limit.Key).ToArray();
        var keys = _progress.Keys();
        return
        [
            Arg.Of(request.MaxCount),
            Arg.Of(request.MaxBytes),
            Arg.Of(request.Lease),
            Arg.Of(request.LeaseDuration),
            Arg.Of(request.DefaultEndpointLimit),
            Arg.Of(Array.ConvertAll(limits, static limit => limit.Key)),
            Arg.Of(Array.ConvertAll(limits, static limit => limit.Value)),
            Arg.Of(endpoints.Start),
            Arg.Of(endpoints.Upper),
            Arg.Of(endpoints.Wrap),
            Arg.Of(Array.ConvertAll(keys, static key => key.Key)),
            Arg.Of(Array.ConvertAll(keys, static key => key.Value.Start)),
            Arg.Of(Array.ConvertAll(keys, static key => key.Value.Upper)),
            Arg.Of(Array.ConvertAll(keys, static key => key.Value.Wrap)),
            Arg.Of(request.FavorsRetries),
            Arg.Of(breadth),
        ];
    }

    // A message can be published at the very moment at which its endpoint is deleted; and a process that was to cancel
    // what was pending can stop half-way. Nobody else would ever end these. What was leased must not be lost over it.
    private async Task CancelLeftoversAsync(long endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var count = await canceller.CancelSomeOfAsync(endpoint, cancellationToken).ConfigureAwait(false);
            if (count > 0)
                logger.LeftoversCancelled(count, endpoint);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            logger.LeftoversNotCancelled(exception, endpoint);
        }
    }
}
