using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once.</summary>
internal sealed class WebhookDuplicateOptionsValidator : IValidateOptions<WebhookDuplicateOptions>
{
    private static readonly TimeSpan ShortestKeep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestKeep = TimeSpan.FromDays(366);
    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, WebhookDuplicateOptions options)
    {
        var errors = new List<string>(options.ConfigurationFailures);
        if (options.KeepFor < ShortestKeep || options.KeepFor > LongestKeep)
            errors.Add($"KeepFor is {options.KeepFor}: use {ShortestKeep} to {LongestKeep}.");
        if (options.HoldFor < ShortestHold || options.HoldFor > LongestHold)
            errors.Add($"HoldFor is {options.HoldFor}: use {ShortestHold} to {LongestHold}.");
        if (options.StoreTimeout < ShortestPatience || options.StoreTimeout > LongestPatience)
            errors.Add($"StoreTimeout is {options.StoreTimeout}: use {ShortestPatience} to {LongestPatience}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
