using System.Diagnostics;

namespace Webhooks;

internal sealed class StaticAuthorization : WebhookAuthorization
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    private readonly string _kind;

    public StaticAuthorization(string headerName, string value, string kind)
    {
        ArgumentNullException.ThrowIfNull(value);
        CredentialText.CheckHeader(headerName);
        HeaderRules.CheckSyntax(headerName, value, HeaderRules.MaxCredentialLength);
        if (value.Length == 0)
            throw new ArgumentException($"The credentials for the header '{headerName}' are empty.");

        HeaderName = headerName;
        _value = value;
        _kind = kind;
    }

    public override string HeaderName { get; }

    public override ValueTask<string> GetHeaderValueAsync(
        WebhookAuthorizationContext context, CancellationToken cancellationToken) => new(_value);

    internal override AuthorizationSettings Describe() => new() { Header = HeaderName, Value = _value, Kind = _kind };

    public override string ToString() => $"{HeaderName}: [{_kind}, redacted]";
}
