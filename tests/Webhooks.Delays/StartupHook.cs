using Webhooks.Delays;

/// <summary>Loads this assembly into a program under test before anything of it runs, by the name and place that .NET looks
/// for.</summary>
internal static class StartupHook
{
    public static void Initialize() => Delay.GetReady();
}
