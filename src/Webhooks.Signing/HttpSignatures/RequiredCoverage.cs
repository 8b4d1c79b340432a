namespace Webhooks;

/// <summary>Whether a signature covers what it must.</summary>
internal sealed class RequiredCoverage
{
    private const string TargetUriComponent = "\"@target-uri\"";
    private const string RequestTarget = "\"@request-target\"";
    private const string Authority = "\"@authority\"";
    private const string Path = "\"@path\"";
    private const string Query = "\"@query\"";

    private readonly string[] _required;

    public RequiredCoverage(IReadOnlyList<string> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        _required = [.. components.Select(component => SignatureComponent.Parse(component).Identifier)];
    }

    public bool Includes(string identifier) => _required.Contains(identifier);

    public VerificationOutcome Judge(SignatureInput input, string url)
    {
        foreach (var required in _required)
        {
            if (!IsCovered(required, input, url))
                return VerificationOutcome.InsufficientCoverage;
        }

        return VerificationOutcome.Verified;
    }

    private static bool IsCovered(string required, SignatureInput input, string url) => input.Covers(required)
        || required switch
        {
            TargetUriComponent => input.Covers(Authority) && CoversTarget(input, url),
            RequestTarget => input.Covers(TargetUriComponent) || CoversTarget(input, url),
            Authority or Path or Query or "\"@scheme\"" => input.Covers(TargetUriComponent),
            _ => false,
        };

    // A query that isn't covered could be added or taken away; that there is none needs no cover, since adding one
    // makes it needed.
    private static bool CoversTarget(SignatureInput input, string url) => input.Covers(RequestTarget)
        || (input.Covers(Path) && (input.Covers(Query) || !url.Contains('?', StringComparison.Ordinal)));
}
