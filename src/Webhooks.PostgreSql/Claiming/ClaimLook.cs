namespace Webhooks;

/// <summary>What a claim looked at.</summary>
/// <param name="Last">The last endpoint.</param>
/// <param name="HasWrapped">Whether that is after it began again with the first.</param>
/// <param name="IsCut">Whether it stopped there, having looked at enough.</param>
/// <param name="Keys">The ordering keys of endpoints that have many.</param>
internal sealed record ClaimLook(long Last, bool HasWrapped, bool IsCut, IReadOnlyList<KeyLook> Keys);
