using Webhooks.Benchmarks.Receiving;

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
            "drain-postgres-cap" => new CapDrain(),
            "drain-postgres-hangfire" => new HangfireDrain(),
            "drain-postgres-webhooks" => new WebhooksDrain(onPostgres: true, number),
            "drain-sqlite-hand" => new HandSqliteDrain(number),
            "drain-sqlite-webhooks" => new WebhooksDrain(onPostgres: false, number),
            "publish-sqlite-single" => new SqliteSinglePublish(),
            "publish-sqlite-group" => new SqliteGroupPublish(),
            "publish-sqlite-webhooks" => new WebhooksPublish(onPostgres: false),
            "publish-postgres-single" => new HandPostgresPublish(64, 1),
            "publish-postgres-arrays" => new HandPostgresPublish(1, 100),
            "publish-postgres-webhooks" => new WebhooksPublish(onPostgres: true),
            "claim-postgres-hand" => new HandPostgresClaim(number),
            "claim-postgres-webhooks" => new WebhooksClaim(number),
            "inbox-sqlite" => new InboxWorkload(InboxHandling.None),
            "inbox-sqlite-handling" => new InboxWorkload(InboxHandling.Returns),
            "inbox-sqlite-once" => new InboxWorkload(InboxHandling.Once),
            "inbox-sqlite-marking" => new InboxWorkload(InboxHandling.Marks, number),
            "send" => new SendRate(),
            "fan-out-postgres" => new FanOut(onPostgres: true),
            "fan-out-sqlite" => new FanOut(onPostgres: false),
            _ => throw new ArgumentException($"There is no workload '{name}'.", nameof(name)),
        };
    }
}
