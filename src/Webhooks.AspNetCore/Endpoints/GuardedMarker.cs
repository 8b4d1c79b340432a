namespace Webhooks;

/// <summary>Says that an <see cref="EndpointGuard"/> stands before the endpoint.</summary>
internal sealed class GuardedMarker
{
    public static GuardedMarker Instance { get; } = new();
}
