namespace Webhooks;

/// <summary>
/// Says which numbers were given in a time, so that a search by time reads only what it needs. Transactions that overtook
/// each other are allowed a minute; where the database's clock was set back by more, a search can miss what was stored in
/// the time that came twice.
/// </summary>
internal sealed class NumberBounds(SqlText sql)
{
    // No number is greater: a delivery's is this one's times 2^20.
    private const string Last = "8796093022207";

    /// <summary>The first number that may be of a time or later.</summary>
    public string From(string time) => At($"({time} - '1 min'::interval)");

    /// <summary>A number greater than all that are of an earlier time.</summary>
    public string Until(string time)
        => $"coalesce((SELECT n.number FROM {sql.Messages} n WHERE n.number >= {At($"({time} + '1 min'::interval)")} "
            + $"ORDER BY n.number LIMIT 1), {Last})";

    private string At(string time) => sql.NumberAt.Replace("{time}", time, StringComparison.Ordinal);
}
