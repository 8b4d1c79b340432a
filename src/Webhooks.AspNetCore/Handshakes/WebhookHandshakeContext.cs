using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>A request that may be a handshake, and the ways to answer it. Every answer forbids browsers to guess its
/// type, and caches to keep it.</summary>
public sealed class WebhookHandshakeContext
{
    private readonly WebhookSource _source;
    private readonly SigningSecret? _proven;

    internal WebhookHandshakeContext(HttpContext httpContext, WebhookSource source, SigningSecret? proven)
    {
        HttpContext = httpContext;
        _source = source;
        _proven = proven;
    }

    /// <summary>The request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The name of the source.</summary>
    public string Source => _source.Name;

    /// <summary>What the source's options say of handshakes.</summary>
    public WebhookHandshakeOptions Options => _source.HandshakeOptions;

    /// <summary>Finds the secrets that an answer may be made with: the one that signed the request if it was verified,
    /// else the source's.</summary>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The secrets; none if there are none.</returns>
    public async ValueTask<IReadOnlyList<SigningSecret>> FindSecretsAsync(CancellationToken cancellationToken)
    {
        if (_proven is not null)
            return [_proven];
        if (_source.Resolver is null)
            return _source.Secrets;

        var asked = new WebhookSecretContext(HttpContext, _source.Name, _source.Scheme);
        return await _source.Resolver(asked, cancellationToken).ConfigureAwait(false) ?? [];
    }

    /// <summary>Answers with a status and no body.</summary>
    /// <param name="status">The status.</param>
    public void Answer(int status)
    {
        var response = HttpContext.Response;
        response.StatusCode = status;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>Answers 200 with a text, as <c>text/plain</c>: nothing that a stranger wrote may become a page.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Cancels the answer.</param>
    /// <returns>A task that completes when the answer is written.</returns>
    public Task AnswerTextAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerAsync("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Answers 200 with JSON.</summary>
    /// <param name="json">The UTF-8 text of the JSON.</param>
    /// <param name="cancellationToken">Cancels the answer.</param>
    /// <returns>A task that completes when the answer is written.</returns>
    public Task AnswerJsonAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        AnswerAsync("application/json", json, cancellationToken);

    internal Task AnswerPropertiesAsync((string Name, string Value) property, CancellationToken cancellationToken) =>
        AnswerJsonAsync(WriteObject([property]), cancellationToken);

    internal Task AnswerPropertiesAsync(
        (string Name, string Value) first, (string Name, string Value) second, CancellationToken cancellationToken) =>
        AnswerJsonAsync(WriteObject([first, second]), cancellationToken);

    private static ReadOnlyMemory<byte> WriteObject(ReadOnlySpan<(string Name, string Value)> properties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in properties)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private async Task AnswerAsync(string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Answer(StatusCodes.Status200OK);
        HttpContext.Response.ContentType = contentType;
        HttpContext.Response.ContentLength = body.Length;
        await HttpContext.Response.Body.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }
}
