namespace Webhooks;

/// <summary>What a request holds under one header name.</summary>
/// <param name="Count">How many field lines have the name: 0 if there is none, more than 1 if it is doubled.</param>
/// <param name="Value">The value of the first line, or <see langword="null"/>.</param>
public readonly record struct HeaderValue(int Count, string? Value);
