using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once.</summary>
internal sealed class InboxOptionsValidator : IValidateOptions<WebhookInboxOptions>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, WebhookInboxOptions options)
    {
        List<string> errors = [.. Errors(options)];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(WebhookInboxOptions options)
    {
        if (options.SourceConcurrency is < 1 or > 1000)
            yield return $"Inbox.SourceConcurrency is {options.SourceConcurrency}: use 1 to 1000.";
        if (options.HandlerTimeout <= TimeSpan.Zero || options.HandlerTimeout > TimeSpan.FromDays(1))
            yield return $"Inbox.HandlerTimeout is {options.HandlerTimeout}: use more than zero, up to 1.00:00:00.";
        if (options.LeaseDuration < TimeSpan.FromSeconds(5) || options.LeaseDuration > Hour)
            yield return $"Inbox.LeaseDuration is {options.LeaseDuration}: use 00:00:05 to 01:00:00.";
        if (options.StoreTimeout <= TimeSpan.Zero || options.StoreTimeout > TimeSpan.FromMinutes(10))
            yield return $"Inbox.StoreTimeout is {options.StoreTimeout}: use more than zero, up to 00:10:00.";
        if (options.RetryPolicy is null)
            yield return "Inbox.RetryPolicy is null: use RetryPolicy.None for no retries.";
        if (options.HandledRetention < Hour)
            yield return $"Inbox.HandledRetention is {options.HandledRetention}: use 01:00:00 or more, or null.";
        if (options.FailedRetention < Hour)
            yield return $"Inbox.FailedRetention is {options.FailedRetention}: use 01:00:00 or more, or null.";
    }
}
