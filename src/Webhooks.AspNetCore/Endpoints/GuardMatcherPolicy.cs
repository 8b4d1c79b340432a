using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Webhooks;

/// <summary>Puts an <see cref="EndpointGuard"/> before endpoints that are protected by the attribute alone, which,
/// unlike the extension method, has no way to do it itself.</summary>
internal sealed class GuardMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(NeedsGuard);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (!candidates.IsValidCandidate(index))
                continue;

            ref var candidate = ref candidates[index];
            if (NeedsGuard(candidate.Endpoint))
                candidates.ReplaceEndpoint(index, _guarded.GetValue(candidate.Endpoint, Guard), candidate.Values);
        }

        return Task.CompletedTask;
    }

    private static bool NeedsGuard(Endpoint endpoint) =>
        endpoint.RequestDelegate is not null
        && endpoint.Metadata.GetMetadata<RequireWebhookVerificationAttribute>() is not null
        && endpoint.Metadata.GetMetadata<GuardedMarker>() is null;

    private static Endpoint Guard(Endpoint endpoint)
    {
        var source = endpoint.Metadata.GetMetadata<RequireWebhookVerificationAttribute>()!.Source;
        RequestDelegate guarded = new EndpointGuard(endpoint.RequestDelegate!, source).InvokeAsync;
        var metadata = new EndpointMetadataCollection([.. endpoint.Metadata, GuardedMarker.Instance]);
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(guarded, route.RoutePattern, route.Order, metadata, route.DisplayName)
            : new Endpoint(guarded, metadata, endpoint.DisplayName);
    }
}
