namespace Webhooks;

internal static class The
{
    public static CancellationToken CancellationToken => TestContext.Current.CancellationToken;
}
