namespace Webhooks;

/// <summary>A payload that doesn't fit an <see cref="Order"/>.</summary>
internal sealed record Parcel(string Carrier);
