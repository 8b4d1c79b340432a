using System.Threading.RateLimiting;

namespace Webhooks;

/// <summary>Whether an attempt may start, and otherwise in how long some may.</summary>
internal sealed class EndpointRateLimitLease(TimeSpan? retryAfter) : RateLimitLease
{
    public static EndpointRateLimitLease Granted { get; } = new(null);

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
