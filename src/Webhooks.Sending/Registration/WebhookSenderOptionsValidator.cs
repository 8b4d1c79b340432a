using System.Net;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once, so that whoever mends them has to start the application only once
/// more.</summary>
internal sealed class WebhookSenderOptionsValidator : IValidateOptions<WebhookSenderOptions>
{
    private const int MaxResponseBytes = 1024 * 1024;
    private const int MaxSnippetLength = 65536;
    private const int MaxUserAgentLength = 256;

    public ValidateOptionsResult Validate(string? name, WebhookSenderOptions options)
    {
        List<string> errors =
        [
            .. options.ConfigurationErrors,
            .. LimitErrors(options),
            .. HttpErrors(options),
            .. options.RetryPolicy is null ? RetryOptionsCheck.Errors(options.Retry, "Retry") : [],
            .. NetworkOptionsCheck.FindErrors(options.Network),
            .. SchemeErrors(options),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> LimitErrors(WebhookSenderOptions options)
    {
        if (options.AttemptTimeout <= TimeSpan.Zero || options.AttemptTimeout > WebhookSenderOptions.MaxAttemptTimeout)
            yield return $"AttemptTimeout is {options.AttemptTimeout}: use more than 00:00:00, up to 00:10:00.";
        if (options.MaxResponseBytes is < 0 or > MaxResponseBytes)
            yield return $"MaxResponseBytes is {options.MaxResponseBytes}: use 0 to {MaxResponseBytes}.";
        if (options.ResponseSnippetLength is < 0 or > MaxSnippetLength)
            yield return $"ResponseSnippetLength is {options.ResponseSnippetLength}: use 0 to {MaxSnippetLength}.";
        if (options.MaxRetryAfter < TimeSpan.Zero)
            yield return $"MaxRetryAfter is {options.MaxRetryAfter}: use 00:00:00 or more; 00:00:00 ignores "
                + "Retry-After.";
    }

    private static IEnumerable<string> HttpErrors(WebhookSenderOptions options)
    {
        if (options.UserAgent is null || options.UserAgent.Length > MaxUserAgentLength
            || !HeaderRules.IsFieldValue(options.UserAgent))
            yield return $"UserAgent can't be sent: use visible ASCII, up to {MaxUserAgentLength} characters, or "
                + "nothing.";
        if (options.HttpVersion != HttpVersion.Version10 && options.HttpVersion != HttpVersion.Version11
            && options.HttpVersion != HttpVersion.Version20)
            yield return $"HttpVersion is {options.HttpVersion}: use 1.0, 1.1 or 2.0.";
        if (!Enum.IsDefined(options.HttpVersionPolicy))
        {
            yield return "HttpVersionPolicy is unknown: use RequestVersionOrLower, RequestVersionOrHigher or "
                + "RequestVersionExact.";
        }
    }

    private static IEnumerable<string> SchemeErrors(WebhookSenderOptions options)
    {
        if (options.SignatureSchemes.Any(static scheme => scheme is null))
        {
            yield return "SignatureSchemes has an entry that is null: remove it.";
            yield break;
        }

        var taken = SignatureSchemes.All.Concat(options.SignatureSchemes).Distinct()
            .GroupBy(static scheme => scheme.Name, StringComparer.OrdinalIgnoreCase)
            .Where(static schemes => schemes.Count() > 1);
        foreach (var schemes in taken)
            yield return $"SignatureSchemes has two schemes of the name '{schemes.Key}': give one another name.";
    }
}
