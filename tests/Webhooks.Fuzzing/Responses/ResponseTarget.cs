using System.Globalization;
using System.Net;

namespace Webhooks.Fuzzing;

/// <summary>What the sender reads of an answer: a status (first line), headers, a body. All that is kept can be shown to
/// a person, and is bounded.</summary>
public sealed class ResponseTarget() : FuzzTarget("responses")
{
    private const int MaximumText = 2048;

    private static readonly WebhookSenderOptions Options = new() { HonorDeliveryHeader = true };

    private readonly ResponseReader _reader = new(Options, TimeProvider.System);

    public override IEnumerable<byte[]> Seeds =>
    [
        "200\nContent-Type: text/plain\n\nok"u8.ToArray(), "503\nRetry-After: 120\nwebhook-delivery: abort-message, disable\n\nbusy"u8.ToArray(),
        "302\nLocation: https://user:secret@other.example/login?next=1\n\n"u8.ToArray(), "301\nLocation: //x\n\n"u8.ToArray(),
        "308\nLocation: http://[::1%25eth0]/\\..\\\n\n"u8.ToArray(), "500\n\n\u001b[2J\ufeff\ud83d\ude00\u202e"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var request = InputRequest.Parse(input);
        var status = int.TryParse(request.First, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code % 1000 : 200;
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers)
            response.Headers.TryAddWithoutValidation(name, value);

        var outcome = _reader.ReadAsync(response, new Uri(The.Url), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        Law.AreEqual(status, outcome.StatusCode, "the status");
        Law.AreEqual(status is >= 200 and <= 299, outcome.Error == WebhookErrorKind.None, "success");
        Law.Holds(IsShowable(outcome.ResponseSnippet, Options.ResponseSnippetLength), "the body's beginning can be shown");
        Law.Holds(IsShowable(outcome.RedirectTarget, MaximumText), "the redirect can be shown");
        Law.Holds(outcome.RetryAfter is null || outcome.RetryAfter <= Options.MaxRetryAfter, "the wait is bounded");
        CheckRedirect(outcome.RedirectTarget);
        CheckDirective(request, outcome.Directive);
    }

    private static bool IsShowable(string? text, int length) =>
        text is null || (text.Length <= length && !text.Any(c => char.IsControl(c)));

    // A user's name, a password and a query may be secrets.
    private static void CheckRedirect(string? target)
    {
        if (target is not null && Uri.TryCreate(target, UriKind.Absolute, out var url))
            Law.Holds(url is { UserInfo: "", Query: "" } || !url.Scheme.StartsWith("http", StringComparison.Ordinal), target);
    }

    private static void CheckDirective(InputRequest request, DeliveryDirective directive)
    {
        var isTold = request.Find("webhook-delivery").Any(value => value.Contains(
            directive == DeliveryDirective.Disable ? "disable" : "abort-message", StringComparison.OrdinalIgnoreCase));
        Law.Holds(directive == DeliveryDirective.None || isTold, $"nobody said {directive}");
    }
}
