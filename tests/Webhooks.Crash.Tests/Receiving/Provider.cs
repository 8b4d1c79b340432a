using System.Collections.Concurrent;
using System.Net;

namespace Webhooks.Crash;

/// <summary>Who sends the webhooks: again and again until they are accepted, and sometimes once more.</summary>
internal sealed class Provider : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private static readonly SigningSecret Wrong = SigningSecret.Generate();

    private readonly SigningSecret _secret = SigningSecret.Generate();
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private readonly ConcurrentQueue<SentWebhook> _webhooks = new();
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private int _accepted;

    /// <summary>What it signs with.</summary>
    public string Secret => _secret.Reveal();

    /// <summary>All that it sent.</summary>
    public IReadOnlyCollection<SentWebhook> Webhooks => _webhooks;

    /// <summary>How many webhooks were accepted at least once.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many requests were answered how, or not at all.</summary>
    public string Answers => string.Join(", ", _answers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Value} x {pair.Key}"));

    public SentWebhook Create(string source, bool isForged = false)
    {
        var webhook = new SentWebhook(source, isForged);
        _webhooks.Enqueue(webhook);
        return webhook;
    }

    /// <summary>Posts a webhook once.</summary>
    /// <returns>The answer's status; null when there was none.</returns>
    public async Task<HttpStatusCode?> PostAsync(SentWebhook webhook, Uri receiver)
    {
        HttpStatusCode? status = null;
        try
        {
            using var request = Sign(webhook, receiver);
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            status = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The receiver is dead, or died before it answered.
        }

        _answers.AddOrUpdate(status is { } known ? $"{(int)known}" : "none", 1, static (_, before) => before + 1);
        if (IsAccepted(status) && webhook.Accept(receiver))
            Interlocked.Increment(ref _accepted);
        return status;
    }

    /// <summary>Posts a webhook until it is accepted, each time to where the receiver is by then.</summary>
    public async Task InsistAsync(SentWebhook webhook, Func<Uri> receiver)
    {
        while (!IsAccepted(await PostAsync(webhook, receiver())))
            await Task.Delay(Again, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _client.Dispose();
        _secret.Dispose();
    }

    private static bool IsAccepted(HttpStatusCode? status)
        => status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    private HttpRequestMessage Sign(SentWebhook webhook, Uri receiver)
    {
        var body = "{\"type\":\"order.placed\"}"u8.ToArray();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver, webhook.Source))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/json");
        SignatureSchemes.StandardWebhooks.Sign(
            new SigningContext
            {
                MessageId = webhook.Id,
                Timestamp = TimeProvider.System.GetUtcNow(),
                Secrets = [webhook.IsForged ? Wrong : _secret],
            },
            body,
            new RequestHeaders(request));
        return request;
    }
}
