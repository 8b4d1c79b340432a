namespace Webhooks;

/// <summary>What a provider's request looks like, as far as its id and its event type go.</summary>
/// <param name="Id">The id; <c>*</c> for the one that is signed along, <see langword="null"/> for none.</param>
/// <param name="EventType">The event type, or <see langword="null"/> for none.</param>
/// <param name="Body">The body; <c>{PROOF}</c> stands for what its sender proves itself with inside it.</param>
/// <param name="Headers">The headers that carry fields.</param>
internal sealed record ProviderSample(string? Id, string? EventType, string Body, params (string Name, string Value)[] Headers);
