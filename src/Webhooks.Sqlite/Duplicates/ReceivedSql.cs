namespace Webhooks;

/// <summary>Statements about received webhooks.</summary>
internal static class ReceivedSql
{
    public const string Find = "SELECT handled FROM webhook_received WHERE key = ?1 AND until > ?2";

    public const string Claim = """
        INSERT INTO webhook_received (key, token, until, handled) VALUES (?1, ?2, ?3, 0)
        ON CONFLICT (key) DO UPDATE SET token = ?2, until = ?3, handled = 0
        """;

    public const string Renew = "UPDATE webhook_received SET until = ?3 WHERE key = ?1 AND token = ?2 AND handled = 0";

    public const string Complete = """
        INSERT INTO webhook_received (key, token, until, handled) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT (key) DO UPDATE SET until = ?3, handled = 1 WHERE token = ?2
        """;

    public const string Release = "DELETE FROM webhook_received WHERE key = ?1 AND token = ?2 AND handled = 0";

    public const string Purge = """
        DELETE FROM webhook_received
        WHERE key IN (SELECT key FROM webhook_received WHERE until <= ?1 ORDER BY until LIMIT ?2)
        """;
}
