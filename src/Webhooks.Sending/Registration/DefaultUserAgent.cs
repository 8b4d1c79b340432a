namespace Webhooks;

internal static class DefaultUserAgent
{
    public static string Value { get; } =
        "Webhooks/" + (typeof(DefaultUserAgent).Assembly.GetName().Version?.ToString(3) ?? "0");
}
