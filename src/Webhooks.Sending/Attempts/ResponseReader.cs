using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Webhooks;

/// <summary>
/// Reads what the sender wants of a response and no more. The status line decides success; the body is only a snippet,
/// so a body that is endless, too slow or cut off changes nothing but the snippet. Reading to the end, where the end
/// comes within the limit, keeps the connection; past the limit disposing the response drops it.
/// </summary>
internal sealed class ResponseReader(WebhookSenderOptions options, TimeProvider timeProvider)
{
    private const int MaxLocationLength = 2048;

    public async ValueTask<AttemptOutcome> ReadAsync(
        HttpResponseMessage response, Uri url, CancellationToken cancellationToken)
    {
        var snippet = IsEmpty(response)
            ? null
            : await ReadSnippetAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var headers = response.Headers.NonValidated;
        var error = status switch
        {
            >= 200 and <= 299 => WebhookErrorKind.None,
            >= 300 and <= 399 => WebhookErrorKind.Redirect,
            _ => WebhookErrorKind.HttpStatus,
        };
        return new AttemptOutcome(error)
        {
            StatusCode = status,
            ResponseSnippet = snippet,
            Directive = options.HonorDeliveryHeader ? ReadDirective(headers) : DeliveryDirective.None,
            RetryAfter = error == WebhookErrorKind.None ? null : ReadRetryAfter(headers),
            RedirectTarget = error == WebhookErrorKind.Redirect ? ReadLocation(headers, url) : null,
        };
    }

    private static bool IsEmpty(HttpResponseMessage response)
        => response.StatusCode == HttpStatusCode.NoContent
           || (response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var length)
               && length.ToString() == "0");

    private async ValueTask<string?> ReadSnippetAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(options.MaxResponseBytes, 1));
        var length = 0;
        try
        {
            var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (length < options.MaxResponseBytes)
            {
                var space = buffer.AsMemory(length, options.MaxResponseBytes - length);
                var read = await body.ReadAsync(space, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                length += read;
            }

            return ToSnippet(buffer.AsSpan(0, length));
        }
#pragma warning disable CA1031 // The status is known, and so the outcome: nothing that befalls the body changes it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ToSnippet(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string? ToSnippet(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || options.ResponseSnippetLength == 0)
            return null;

        // A character is at most four bytes of UTF-8; what is cut in two at the end becomes U+FFFD.
        var wanted = (int)Math.Min(body.Length, options.ResponseSnippetLength * 4L);
        return Printable.Text(Encoding.UTF8.GetString(body[..wanted]), options.ResponseSnippetLength);
    }

    private static DeliveryDirective ReadDirective(HttpHeadersNonValidated headers)
    {
        var directive = DeliveryDirective.None;
        if (!headers.TryGetValues("webhook-delivery", out var values))
            return directive;

        foreach (var value in values)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                var word = value.AsSpan(part).Trim();
                if (word.Equals("disable", StringComparison.OrdinalIgnoreCase))
                    directive = DeliveryDirective.Disable;
                else if (word.Equals("abort-message", StringComparison.OrdinalIgnoreCase)
                         && directive == DeliveryDirective.None)
                    directive = DeliveryDirective.AbortMessage;
            }
        }

        return directive;
    }

    private TimeSpan? ReadRetryAfter(HttpHeadersNonValidated headers)
        => headers.TryGetValues("Retry-After", out var values) && values.Count == 1
            ? RetryAfter.Parse(values.ToString(), timeProvider.GetUtcNow(), options.MaxRetryAfter)
            : null;

    private static string? ReadLocation(HttpHeadersNonValidated headers, Uri url)
    {
        if (!headers.TryGetValues("Location", out var values) || values.Count != 1
            || !Uri.TryCreate(url, values.ToString(), out var target))
            return null;

        const UriComponents shown = UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path;
        return Printable.Text(target.GetComponents(shown, UriFormat.UriEscaped), MaxLocationLength);
    }
}
