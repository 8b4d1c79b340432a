using System.Text.Json;

namespace Webhooks.Tests.Network;

/// <summary>One case of the shared SSRF suite.</summary>
public sealed record SsrfCase(string Id, string Kind, bool IsAllowed, JsonElement Input)
{
    public string Text => Input.GetString()!;

    public override string ToString() => Id;
}
