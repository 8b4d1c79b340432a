namespace Webhooks;

/// <summary>What one signature says of itself: a member of <c>Signature-Input</c> (RFC 9421, section 4.1).</summary>
internal sealed class SignatureInput
{
    public required string Label { get; init; }

    public List<SignatureComponent> Components { get; } = [];

    /// <summary>The value of <c>@signature-params</c>, written in the one way that serialising it has.</summary>
    public string Parameters { get; set; } = "";

    public long? Created { get; set; }

    public long? Expires { get; set; }

    public string? KeyId { get; set; }

    public string? Algorithm { get; set; }

    public string? Nonce { get; set; }

    public string? Tag { get; set; }

    public bool Covers(string identifier) =>
        Components.Exists(component => component.Identifier == identifier);
}
