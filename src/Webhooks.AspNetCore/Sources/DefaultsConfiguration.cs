using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Binds what holds for every source. The section may hold other things too, so unknown keys pass.</summary>
internal sealed class DefaultsConfiguration(IConfiguration configuration)
    : IConfigureOptions<WebhookVerificationOptions>
{
    public void Configure(WebhookVerificationOptions options)
    {
        var failures = options.ConfigurationFailures;
        if (Find(nameof(options.MaxBodySize)) is { } size)
            options.MaxBodySize = SourceConfiguration.ReadSize(size, failures) ?? options.MaxBodySize;
        if (Find(nameof(options.BodyTimeout)) is { } timeout)
            options.BodyTimeout = SourceConfiguration.ReadTime(timeout, failures) ?? options.BodyTimeout;
        if (Find(nameof(options.Tolerance)) is { } tolerance)
            options.Tolerance = SourceConfiguration.ReadTime(tolerance, failures) ?? options.Tolerance;
        if (Find(nameof(options.DropDuplicates)) is { } drop)
            options.DropDuplicates = SourceConfiguration.ReadSwitch(drop, failures);
        FailureLimitConfiguration.Bind(
            configuration.GetSection(nameof(options.FailureLimit)), options.FailureLimit, failures);
    }

    private IConfigurationSection? Find(string key) =>
        configuration.GetSection(key) is { Value: not null } section ? section : null;
}
