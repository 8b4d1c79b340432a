namespace Webhooks.Benchmarks.Delivery;

/// <summary>The workloads by the names that their processes are started with.</summary>
internal static class WorkloadNames
{
    public static Workload Create(string name)
    {
        var parts = name.Split(':');
        var number = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return parts[0] switch
        {
            "drain-postgres-hand" => new HandPostgresDrain(number),
            "drain-postgres-hangfire" => new HangfireDrain(),
            "drain-sqlite-hand" => new HandSqliteDrain(number),
            "publish-sqlite-single" => new SqliteSinglePublish(),
            "publish-sqlite-group" => new SqliteGroupPublish(),
            "publish-postgres-single" => new HandPostgresPublish(64, 1),
            "publish-postgres-arrays" => new HandPostgresPublish(1, 100),
            "claim-postgres-hand" => new HandPostgresClaim(number),
            _ => throw new ArgumentException($"There is no workload '{name}'.", nameof(name)),
        };
    }
}
