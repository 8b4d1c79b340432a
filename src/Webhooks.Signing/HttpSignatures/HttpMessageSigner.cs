using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>Signs requests: a signature for every active key, labelled <c>sig1</c>, <c>sig2</c> and so on.</summary>
internal sealed class HttpMessageSigner
{
    public const string InputHeader = "Signature-Input";
    public const string SignatureHeader = "Signature";

    private const string ContentType = "content-type";
    private const int NonceLength = 18;

    private readonly HttpMessageSignatureOptions _options;
    private readonly HttpMessageKeys _keys;
    private readonly SignatureComponent[] _components;
    private readonly string _list;
    private readonly bool _writesDigest;

    public HttpMessageSigner(HttpMessageSignatureOptions options, HttpMessageKeys keys)
    {
        ArgumentNullException.ThrowIfNull(options.Components);
        (_options, _keys) = (options, keys);
        _components = [.. options.Components.Select(SignatureComponent.Parse)];
        _list = $"({string.Join(' ', _components.Select(component => component.Identifier))})";
        _writesDigest = Array.Exists(_components, component => component.Identifier == ContentDigest.Component);
        string?[] others = [options.Fields.IdHeader, options.Fields.EventTypeHeader];
        string[] digest = _writesDigest ? [ContentDigest.Header] : [];
        Headers = [.. others.OfType<string>(), .. digest, InputHeader, SignatureHeader];
        CheckComponents(options);
    }

    public IReadOnlyList<string> Headers { get; }

    public void Sign(
        HttpMessageSignatureScheme scheme,
        in SigningContext context,
        ReadOnlySpan<byte> body,
        ISignatureHeaderWriter headers)
    {
        var written = WriteFields(context, body, headers);
        if (context.ContentType is not null)
            written.Add(KeyValuePair.Create(ContentType, context.ContentType));

        var (inputs, signatures) = (new StringBuilder(), new StringBuilder());
        var count = 0;
        foreach (var secret in context.Secrets)
        {
            if (!secret.IsActive(context.Timestamp))
                continue;

            scheme.CheckSecret(secret, SecretUse.Sign);
            var algorithm = _keys.Find(secret, SecretUse.Sign, null)!;
            var parameters = WriteParameters(context.Timestamp, secret, algorithm);
            var signature = algorithm.Sign(secret, Build(scheme, context, parameters, SignatureHeaders.From(written)));
            var separator = count++ == 0 ? "" : ", ";
            inputs.Append(CultureInfo.InvariantCulture, $"{separator}sig{count}={parameters}");
            signatures.Append(
                CultureInfo.InvariantCulture, $"{separator}sig{count}=:{Convert.ToBase64String(signature)}:");
        }

        if (count == 0)
        {
            throw new InvalidOperationException("No signing secret is active at this time. Add one, or widen a "
                + "secret's validity.");
        }

        headers.Write(InputHeader, inputs.ToString());
        headers.Write(SignatureHeader, signatures.ToString());
    }

    private void CheckComponents(HttpMessageSignatureOptions options)
    {
        foreach (var component in _components)
        {
            var isField = component.Kind is ComponentKind.Field or ComponentKind.FieldMember;
            if (isField && component.Name != ContentType
                && !Headers.Contains(component.Name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"HttpMessageSignatureOptions.Components names the header '{component.Name}', which the scheme doesn't "
                    + "write. Name it in Fields, or leave it out.", nameof(options));
            }
        }
    }

    private List<KeyValuePair<string, string>> WriteFields(
        in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        var written = new List<KeyValuePair<string, string>>();
        if (_options.Fields.IdHeader is { } id)
            written.Add(KeyValuePair.Create(id, context.MessageId.Value));
        if (_options.Fields.EventTypeHeader is { } type && context.EventType is not null)
            written.Add(KeyValuePair.Create(type, context.EventType));
        if (_writesDigest)
            written.Add(KeyValuePair.Create(ContentDigest.Header, ContentDigest.Write(_options.DigestAlgorithm, body)));
        foreach (var (name, value) in written)
            headers.Write(name, value);
        return written;
    }

    private string WriteParameters(DateTimeOffset now, SigningSecret secret, HttpSignatureAlgorithm algorithm)
    {
        var text = new StringBuilder(_list);
        text.Append(CultureInfo.InvariantCulture, $";created={now.ToUnixTimeSeconds()}");
        if (_options.Lifetime is { } lifetime)
            text.Append(CultureInfo.InvariantCulture, $";expires={(now + lifetime).ToUnixTimeSeconds()}");
        Append(text, "keyid", secret.KeyId);
        Append(text, "alg", algorithm.Name);
        Append(text, "nonce", MakeNonce());
        Append(text, "tag", _options.Tag);
        return text.ToString();
    }

    private string? MakeNonce() =>
        _options.AddNonce ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceLength)) : null;

    private static void Append(StringBuilder text, string key, string? value)
    {
        if (value is null)
            return;

        text.Append(CultureInfo.InvariantCulture, $";{key}=\"");
        foreach (var character in value)
            text.Append(character is '"' or '\\' ? "\\" : "").Append(character);
        text.Append('"');
    }

    private byte[] Build(
        HttpMessageSignatureScheme scheme, in SigningContext context, string parameters, SignatureHeaders headers)
    {
        if (context.Url is null)
            throw new InvalidOperationException($"The scheme '{scheme.Name}' signs the URL. Set SigningContext.Url.");

        var outcome = SignatureBase.TryBuild(
            _components, parameters, context.Method, context.Url, headers, out var signatureBase);
        return outcome switch
        {
            VerificationOutcome.Verified => signatureBase,
            VerificationOutcome.MissingHeader => throw new InvalidOperationException(
                $"The scheme '{scheme.Name}' signs a header or a query parameter that the request doesn't have. Set "
                + "SigningContext.ContentType and EventType, or name fewer components."),
            _ => throw new InvalidOperationException(
                $"The scheme '{scheme.Name}' can't sign this request: its method, URL and headers must be printable "
                + "ASCII, and a query parameter that is signed must occur once."),
        };
    }
}
