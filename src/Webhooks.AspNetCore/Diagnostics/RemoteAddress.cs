using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>The sender's address for logs: never a text that the sender wrote.</summary>
internal static class RemoteAddress
{
    public static string Of(HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";
}
