using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Turns options into a <see cref="WebhookSource"/>, or says everything that is wrong with them at
/// once.</summary>
internal sealed class SourceCompiler
{
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create("?#*{}%\\");

    private readonly string _name;
    private readonly WebhookSourceOptions _options;
    private readonly WebhookVerificationOptions _defaults;
    private readonly bool _dropsDuplicates;
    private readonly TimeSpan _keepFor;
    private readonly List<string> _failures = [];
    private WebhookProvider? _provider;

    private SourceCompiler(
        string name,
        WebhookSourceOptions options,
        WebhookVerificationOptions defaults,
        bool dropsDuplicates,
        TimeSpan keepFor)
    {
        (_name, _options, _defaults) = (name, options, defaults);
        _dropsDuplicates = options.DropDuplicates ?? defaults.DropDuplicates ?? dropsDuplicates;
        _keepFor = keepFor;
    }

    public static (WebhookSource? Source, IReadOnlyList<string> Failures) Compile(
        string name,
        WebhookSourceOptions options,
        WebhookVerificationOptions defaults,
        SourceRegistrations registrations,
        PublishedLists lists,
        WebhookDuplicateOptions duplicates)
    {
        var compiler = new SourceCompiler(
            name, options, defaults, registrations.DropsDuplicates, duplicates.KeepFor);
        var source = compiler.Compile(registrations, lists);
        return (compiler._failures.Count == 0 ? source : null, compiler._failures);
    }

    private WebhookSource? Compile(SourceRegistrations registrations, PublishedLists lists)
    {
        _failures.AddRange(_defaults.ConfigurationFailures);
        _failures.AddRange(_options.ConfigurationFailures);
        _provider = SourceProvider.Find(_options, Fail);
        var found = SourceProvider.FindScheme(_options, _provider, registrations, Fail);
        var scheme = HttpSignatureSource.Adapt(found, _options.HttpSignatures, registrations.Schemes, Fail);
        var secrets = scheme is null ? [] : ParseSecrets(scheme);
        CheckCredentials();
        CheckUrlParts();
        var methods = CheckMethods();
        var fields = _provider?.Fields ?? scheme?.Fields ?? MessageFields.None;
        return scheme is null ? null : new WebhookSource
        {
            Name = _name,
            Scheme = scheme,
            Fields = fields,
            Secrets = secrets,
            Resolver = _options.Resolver,
            MaxBodySize = CheckSize(),
            BodyTimeout = CheckTimeout(),
            Tolerance = CheckTolerance(scheme),
            Methods = methods,
            AllowHeader = string.Join(", ", methods),
            ContentTypes = CheckContentTypes(),
            Codings = ParseCodings(),
            Callers = new CallerCompiler(_options, _provider, lists, Fail).Compile(),
            FailureLimit = FailureLimit.Compile(_options.FailureLimit ?? _defaults.FailureLimit, Fail),
            Credentials = HasCredentials ? new CredentialList(_options) : null,
            HeldBackHeaders = RequestCopy.HeldBack(scheme, fields, _options),
            Handshake = _options.Handshake ?? _provider?.Handshake,
            HandshakeOptions = _options.HandshakeOptions,
            StoredStatus = _provider?.RequiresOk == true ? StatusCodes.Status200OK : StatusCodes.Status202Accepted,
            PathPrefix = _options.PathPrefix?.TrimEnd('/'),
            PublicUrl = _options.PublicUrl?.TrimEnd('/'),
            DropsDuplicates = _dropsDuplicates,
        };
    }

    private bool HasCredentials =>
        _options.ApiKeys.Count > 0 || _options.BearerTokens.Count > 0 || _options.BasicCredentials.Count > 0;

    private void Fail(string setting, string message) =>
        _failures.Add($"{setting} of the webhook source '{_name}' {message}");

    private List<SigningSecret> ParseSecrets(SignatureScheme scheme)
    {
        if (_options.Secrets.Count == 0 && _options.Resolver is null)
            Fail("Secrets", "is empty, so nothing could be verified. Add a secret, or look them up with "
                + "UseSecrets(…).");

        var secrets = new List<SigningSecret>(_options.Secrets.Count);
        for (var index = 0; index < _options.Secrets.Count; index++)
        {
            try
            {
                if (string.IsNullOrWhiteSpace(_options.Secrets[index]))
                    throw new FormatException("It is blank.");

                var secret = scheme.ParseSecret(_options.Secrets[index]);
                scheme.CheckSecret(secret, SecretUse.Verify);
                secrets.Add(secret);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                Fail($"Secrets[{index}]", $"is not a secret for the scheme '{scheme.Name}'. {exception.Message}");
            }
        }

        return secrets;
    }

    private long CheckSize()
    {
        var size = _options.MaxBodySize ?? _provider?.MaxBodySize ?? _defaults.MaxBodySize;
        if (size is < 1 or > int.MaxValue)
            Fail("MaxBodySize", "must be from 1 to 2147483647 bytes.");
        return size;
    }

    private TimeSpan CheckTimeout()
    {
        var timeout = _options.BodyTimeout ?? _defaults.BodyTimeout;
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1))
            Fail("BodyTimeout", "must be more than zero and at most one day.");
        return timeout;
    }

    private TimeSpan? CheckTolerance(SignatureScheme scheme)
    {
        var tolerance = _options.Tolerance ?? _provider?.Tolerance ?? _defaults.Tolerance;
        if (tolerance <= TimeSpan.Zero)
            Fail("Tolerance", "must be more than zero. Leave it out for the scheme's own.");

        // A webhook from as far in the future as is allowed stays fresh for twice the tolerance.
        var longest = tolerance ?? scheme.Tolerance;
        if (_dropsDuplicates && longest > _keepFor / 2)
        {
            Fail("Tolerance", $"is {longest}, but handled webhooks are remembered for {_keepFor} only, so that a "
                + "recorded one could be sent and handled again. Set KeepFor in DropDuplicates(…) to at least twice the "
                + "tolerance, or lower the tolerance.");
        }

        return tolerance;
    }

    private string[] CheckMethods()
    {
        var methods = Choose(_options.Methods, _provider?.Methods);
        if (methods.Length == 0 || methods.Any(method => !Token.IsToken(method)))
            Fail("Methods", "must name at least one HTTP method, such as POST.");
        return [.. methods.Select(HttpMethods.GetCanonicalizedValue)];
    }

    private string[] CheckContentTypes()
    {
        var types = Choose(_options.ContentTypes, _provider?.ContentTypes);
        if (types.Any(type => !MediaType.IsWellFormed(type)))
            Fail("ContentTypes", "must hold media types without wildcards and parameters, such as application/json.");
        return types;
    }

    private ContentCodings? ParseCodings()
    {
        var codings = new List<ContentCoding>(_options.AllowedContentEncodings.Count);
        for (var index = 0; index < _options.AllowedContentEncodings.Count; index++)
        {
            if (ContentCodings.TryParse(_options.AllowedContentEncodings[index], out var coding))
                codings.Add(coding.Value);
            else
                Fail($"AllowedContentEncodings[{index}]", "is not one that can be decoded. Write gzip, deflate or br.");
        }

        if (codings.Count == 0 && _options.SignedBeforeEncoding)
            Fail("SignedBeforeEncoding", "is set, but AllowedContentEncodings is empty. Add gzip, deflate or br.");
        return codings.Count == 0 ? null : new ContentCodings(codings, _options.SignedBeforeEncoding);
    }

    private static string[] Choose(IList<string> byHand, IReadOnlyList<string>? provided) =>
        provided is null || byHand is DefaultList { IsChanged: true } ? [.. byHand] : [.. provided];

    private void CheckCredentials()
    {
        if (!Token.IsToken(_options.ApiKeyHeader))
            Fail("ApiKeyHeader", "must be the name of a header, such as X-Api-Key.");
        if (_options.ApiKeys.Any(string.IsNullOrWhiteSpace))
            Fail("ApiKeys", "has a blank entry. Give it a value or remove it.");
        if (_options.BearerTokens.Any(string.IsNullOrWhiteSpace))
            Fail("BearerTokens", "has a blank entry. Give it a value or remove it.");
        if (_options.BasicCredentials.Any(credential => credential is null))
            Fail("BasicCredentials", "has an empty entry. Give it a user name and a password, or remove it.");
    }

    private void CheckUrlParts()
    {
        if (_options.PathPrefix is { } prefix && !IsPath(prefix))
            Fail("PathPrefix", "must be a path that begins with '/', such as /webhooks/billing, not percent-encoded.");
        if (_options.PublicUrl is { } url && !IsPublicUrl(url))
            Fail("PublicUrl", "must be an absolute http or https URL without query, such as https://example.com.");
    }

    // It is compared with the decoded path, so what can't occur there would protect nothing.
    private static bool IsPath(string text) =>
        text.StartsWith('/') && !text.Contains("//", StringComparison.Ordinal)
            && !text.AsSpan().ContainsAny(NotInPaths);

    private static bool IsPublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && !text.AsSpan().ContainsAny("?#@");
}
