using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Webhooks.Registration;

/// <summary>What can't work is refused when the application starts, before anything is connected to.</summary>
public sealed class RegistrationTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Database=none;Username=none";

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("pg_webhooks")]
    [InlineData("PG_webhooks")]
    [InlineData("a b")]
    [InlineData("a\"; DROP TABLE b; --")]
    [InlineData("überall")]
    [InlineData("a_name_that_goes_on_for_more_than_fifty_characters_")]
    public async Task A_schema_name_that_is_not_allowed_is_refused_at_the_start(string name)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(options => options.Schema = name));

        Assert.Equal(typeof(PostgreSqlStoreOptions), refusal.OptionsType);
        Assert.Contains("Schema is '", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("not beginning with a digit", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PostgreSqlSchema.Script(name));
    }

    [Fact]
    public async Task All_errors_are_told_at_once()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options =>
        {
            options.Schema = null!;
            options.PublishConcurrency = 65;
        }));

        Assert.Equal(2, refusal.Failures.Count());
        Assert.Contains("PublishConcurrency is 65: use 1 to 64", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task StartAsync(Action<PostgreSqlStoreOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddWebhookSender().UsePostgreSql(Nowhere, configure);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
    }
}
