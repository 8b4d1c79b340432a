namespace Webhooks;

/// <summary>Notes which endpoints fail, and since when.</summary>
internal sealed class EndpointHealthNotes(Database database)
{
    public Task<TimeSpan> MarkFailingAsync(long endpoint, CancellationToken cancellationToken)
        => database.RunAgainAsync(
            async (connection, _, token) =>
            {
                var statements = Database.Plain(connection).Add(database.Sql.MarkFailing, Arg.Of(endpoint));
                await using (statements.ConfigureAwait(false))
                {
                    var since = await Database.ReadAllAsync(statements, 0, static row => row.GetTimeSpan(0), token)
                        .ConfigureAwait(false);
                    return since[0];
                }
            },
            cancellationToken);

    public Task MarkHealthyAsync(long endpoint, CancellationToken cancellationToken)
        => database.RunAgainAsync(
            async (connection, _, token) =>
            {
                var statements = Database.Plain(connection).Add(database.Sql.MarkHealthy, Arg.Of(endpoint));
                await using (statements.ConfigureAwait(false))
                    await statements.RunAsync(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
}
