using System.Security.Cryptography;
using System.Text.Json;

namespace Webhooks;

/// <summary>Turns endpoints into the bytes that a store keeps, and back.</summary>
internal sealed class EndpointSerializer(
    KnownSchemes schemes, OAuthAuthorizations oauth, WebhookSecretProtector? protector)
{
    private const int MaxLength = 256 * 1024;

    /// <exception cref="ArgumentException">Something about the endpoint can't be stored.</exception>
    public byte[] Write(WebhookEndpoint endpoint)
    {
        Storability.Check(endpoint, schemes);
        var confidential = JsonSerializer.SerializeToUtf8Bytes(
            WriteConfidential(endpoint), EndpointSettingsJson.Default.ConfidentialSettings);
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(
                WriteSettings(endpoint, confidential), EndpointSettingsJson.Default.EndpointSettings);
            return bytes.Length <= MaxLength
                ? bytes
                : throw new ArgumentException(
                    $"The endpoint is larger than {MaxLength} bytes when stored: shorten it.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(confidential);
        }
    }

    /// <exception cref="InvalidOperationException">The settings can't be read; the message says why, and no
    /// secret.</exception>
    public WebhookEndpoint Read(EndpointRecord record)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(
                record.Settings.Span, EndpointSettingsJson.Default.EndpointSettings);
            return settings is { Version: > 0 and <= EndpointSettings.CurrentVersion }
                ? ReadSettings(record, settings)
                : throw new FormatException("a later version of the library wrote them");
        }
        catch (JsonException)
        {
            // The reader's message may quote what it stumbled over.
            throw Unreadable(record, "they are damaged", inner: null);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Unreadable(record, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static InvalidOperationException Unreadable(EndpointRecord record, string why, Exception? inner)
        => new($"The stored settings of endpoint {record.Id} can't be read: {why}.", inner);

    private static ConfidentialSettings WriteConfidential(WebhookEndpoint endpoint) => new()
    {
        Url = endpoint.Url.OriginalString,
        Signatures =
        [
            .. endpoint.Signatures.Select(static signature => new SignatureSettings
            {
                Scheme = signature.Scheme.Name,
                Secrets = [.. signature.Secrets.Select(StoredSecret.Write)],
            }),
        ],
        Headers = endpoint.Headers.Count > 0 ? new Dictionary<string, string>(endpoint.Headers) : null,
        Authorization = endpoint.Authorization?.Describe(),
    };

    private EndpointSettings WriteSettings(WebhookEndpoint endpoint, byte[] confidential) => new()
    {
        Events = [.. endpoint.EventTypes.Select(static filter => filter.Value)],
        Filter = endpoint.PayloadFilter is { } filter ? Parse(filter.ToString()) : null,
        Description = endpoint.Description,
        Timeout = endpoint.Timeout,
        Retry = endpoint.RetryPolicy?.Describe(),
        MaxConcurrency = endpoint.MaxConcurrency,
        RateLimit = endpoint.RateLimit is { } limit
            ? new() { Attempts = limit.Attempts, Period = limit.Period }
            : null,
        Sealed = protector?.Protect(confidential, endpoint.Id),
        Open = protector is null
            ? JsonSerializer.Deserialize(confidential, EndpointSettingsJson.Default.ConfidentialSettings)
            : null,
    };

    private WebhookEndpoint ReadSettings(EndpointRecord record, EndpointSettings settings)
    {
        var confidential = settings.Sealed is { } sealedBytes
            ? Unseal(record, sealedBytes)
            : settings.Open ?? throw new FormatException("they lack the URL");
        var url = Uri.TryCreate(confidential.Url, UriKind.Absolute, out var parsed)
            ? parsed
            : throw new FormatException("their URL isn't one");
        return new WebhookEndpoint(url, confidential.Signatures.Select(ReadSignature))
        {
            Id = record.Id,
            Tenant = record.Tenant,
            Headers = confidential.Headers ?? [],
            Authorization = ReadAuthorization(confidential.Authorization),
            EventTypes = settings.Events is { } events
                ? [.. events.Select(EventTypeFilter.Parse)]
                : Subscription.AllEventTypes,
            PayloadFilter = settings.Filter is { } filter ? ReadFilter(filter) : null,
            Description = settings.Description,
            Timeout = settings.Timeout,
            RetryPolicy = StoredRetryPolicy.Read(settings.Retry),
            MaxConcurrency = settings.MaxConcurrency,
            RateLimit = settings.RateLimit is { } limit ? new(limit.Attempts, limit.Period) : null,
        };
    }

    private ConfidentialSettings Unseal(EndpointRecord record, byte[] sealedBytes)
    {
        if (protector is null)
        {
            throw new FormatException(
                "they are protected and no key is here: call ProtectSecrets or ProtectSecretsWithDataProtection");
        }

        byte[] bytes;
        try
        {
            bytes = protector.Unprotect(sealedBytes, record.Id);
        }
#pragma warning disable CA1031 // What a protector of the application's own throws has no common type.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw Unreadable(record, $"{protector} can't unprotect them ({exception.GetType().Name})", exception);
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, EndpointSettingsJson.Default.ConfidentialSettings)
                ?? throw new FormatException("they are empty");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static PayloadFilter ReadFilter(JsonElement filter)
    {
        try
        {
            return PayloadFilter.Parse(filter.GetRawText());
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("their payload filter isn't Unicode", exception);
        }
    }

    private EndpointSignature ReadSignature(SignatureSettings stored)
        => new(schemes.Find(stored.Scheme), stored.Secrets.Select(StoredSecret.Read));

    private WebhookAuthorization? ReadAuthorization(AuthorizationSettings? stored) => stored switch
    {
        null => null,
        { OAuth: { } settings } => oauth.Get(settings),
        { Header: { } header, Value: { } value } =>
            new StaticAuthorization(header, value, stored.Kind ?? "credentials"),
        _ => throw new FormatException("the kind of their authorization isn't known here"),
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
