using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Checks all options at once.</summary>
internal sealed class PostgreSqlStoreOptionsValidator : IValidateOptions<PostgreSqlStoreOptions>
{
    private const int MaxPublishConcurrency = 64;

    public ValidateOptionsResult Validate(string? name, PostgreSqlStoreOptions options)
    {
        var errors = new List<string>();
        if (!SchemaName.IsValid(options.Schema))
            errors.Add($"Schema is '{options.Schema}': {SchemaName.Rule}.");
        if (options.PublishConcurrency is < 1 or > MaxPublishConcurrency)
            errors.Add($"PublishConcurrency is {options.PublishConcurrency}: use 1 to {MaxPublishConcurrency}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
