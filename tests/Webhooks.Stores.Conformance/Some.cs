using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Stores;

/// <summary>New, unique things.</summary>
public static class Some
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero);

    public static string Name(string prefix) => prefix + RandomNumberGenerator.GetHexString(20, lowercase: true);

    public static long Lease() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    public static EndpointRecord Endpoint(string tenant = "") => new()
    {
        Id = Name("ep_"),
        Tenant = tenant,
        Settings = RandomNumberGenerator.GetBytes(64),
    };

    public static MessageRecord Message(string tenant = "") => new()
    {
        Id = Name("msg_"),
        Tenant = tenant,
        EventType = "invoice.paid",
        Timestamp = Then,
        ContentType = "application/json",
        Payload = Encoding.UTF8.GetBytes($"{{\"id\":\"{Name("in_")}\"}}"),
    };

    public static AttemptRecord Attempt(int number) => new()
    {
        Number = number,
        StartedAt = Then.AddMinutes(number),
        Duration = TimeSpan.FromMilliseconds(120 + number),
        Trigger = AttemptTrigger.Schedule,
        Error = WebhookErrorKind.HttpStatus,
        StatusCode = 500,
        ErrorMessage = "It answered 500",
        ResponseSnippet = Name("down: "),
    };
}
