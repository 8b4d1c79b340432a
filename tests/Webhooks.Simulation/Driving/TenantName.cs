namespace Webhooks.Simulation;

internal static class TenantName
{
    public static string Of(int number) => number == 0 ? "" : $"tenant-{number}";
}
