using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Diagnostics;

/// <summary>Runs sends that fail in every way with marked secrets, and searches all that can be seen for them.</summary>
public sealed class SecretsTests : IDisposable
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("marker-signing-key-0123456789abcd");
    private static readonly string SecretText = "whsec_" + Convert.ToBase64String(Key);

    private readonly ConcurrentBag<string> _seen = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;
    private readonly FakeTimeProvider _clock = new(The.Now);

    public SecretsTests()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => See([span.DisplayName, span.StatusDescription, .. span.TagObjects.Select(tag => tag.Value)]),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Webhooks")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => SeeTags(tags));
        _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => SeeTags(tags));
        _meters.Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task No_secret_is_seen_anywhere_when_sending_fails()
    {
        foreach (var authorization in Authorizations())
        {
            foreach (var failure in Failures())
                await FailAsync(authorization, failure);
        }

        await FailAsync(new Leaky(), () => Some.Response(500));
        Assert.Contains(_seen, text => text.Contains("receiver.example.com", StringComparison.Ordinal));
        Assert.Contains(_seen, text => text == "invoice.paid");
        Assert.All(_seen, text => Assert.All(
            Markers(), marker => Assert.DoesNotContain(marker, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static WebhookAuthorization[] Authorizations() =>
    [
        WebhookAuthorization.ApiKey("X-Api-Key", "marker-api-key"),
        WebhookAuthorization.Bearer("marker-bearer"),
        WebhookAuthorization.Basic("user", "marker-password"),
        WebhookAuthorization.OAuthClientCredentials(
            new(new Uri("https://login.example.com/token?t=marker-token-url"), "client", "marker-client-secret")),
    ];

    private static Func<HttpResponseMessage>[] Failures() =>
    [
        () => Some.Response(401),
        () => Some.Response(302, ("Location", "https://user:marker-location@other.example.com/in?t=marker-location")),
        () => throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host (receiver.example.com:443)"),
        () => throw new InvalidOperationException("marker-exception"),
        () => throw new HttpRequestException(
            HttpRequestError.Unknown, "failed", new InvalidOperationException("marker-exception")),
    ];

    private static IEnumerable<string> Markers() =>
    [
        "marker",
        SecretText,
        Convert.ToBase64String(Key),
        Convert.ToHexString(Key),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("user:marker-password")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("client:marker-client-secret")),
    ];

    private async Task FailAsync(WebhookAuthorization authorization, Func<HttpResponseMessage> failure)
    {
        var receiver = new ScriptedReceiver(_clock, request => request.RequestUri!.Host.StartsWith("login", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"access_token":"marker-access-token","expires_in":60}"""),
            }
            : failure());
        using var host = SenderHost.Over(receiver, _clock);
        var message = Some.Message() with { Headers = new Dictionary<string, string> { ["X-Message"] = "marker-header" } };
        var endpoint = new WebhookEndpoint(
            new Uri("https://receiver.example.com/marker-path?token=marker-query"), SigningSecret.Parse(SecretText))
        {
            Authorization = authorization,
            Headers = new Dictionary<string, string> { ["X-Tenant"] = "marker-tenant" },
            RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 2),
        };

        var result = await host.Sender.SendAsync(message, endpoint, TestContext.Current.CancellationToken);

        Assert.False(result.Succeeded);
        See([message, endpoint, authorization is Leaky ? null : authorization, result, .. endpoint.Signatures, .. endpoint.Signatures[0].Secrets]);
        See([JsonSerializer.Serialize(authorization), JsonSerializer.Serialize(result), JsonSerializer.Serialize(message)]);
        See([JsonSerializer.Serialize(endpoint).Replace(endpoint.Url.PathAndQuery, "", StringComparison.Ordinal)]); // the URL is theirs to see
        See([.. result.Attempts, .. result.Attempts.Select(attempt => attempt.ErrorMessage)]);
        See([.. result.Attempts.Select(attempt => attempt.RedirectTarget)]);
        See([host.Services.GetRequiredService<NetworkPolicy>()]);
        foreach (var log in host.Logs.GetSnapshot())
        {
            See([log.Message, .. log.StructuredState!.Select(pair => (object?)pair.Value)]);
            if (authorization is not Leaky)
                See([log.Exception]);
        }
    }

    private void SeeTags(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
            See([tag.Value]);
    }

    private void See(IEnumerable<object?> things)
    {
        foreach (var thing in things)
            _seen.Add(thing?.ToString() ?? "");
    }

    // An exception of the user's own code is logged whole, as theirs to keep clean; it goes nowhere else.
    private sealed class Leaky : WebhookAuthorization
    {
        public override ValueTask<string> GetHeaderValueAsync(
            WebhookAuthorizationContext context, CancellationToken cancellationToken)
            => throw new InvalidOperationException("marker-own-code");

        public override string ToString() => "marker-own-code: redacted by its author, or not";
    }
}
