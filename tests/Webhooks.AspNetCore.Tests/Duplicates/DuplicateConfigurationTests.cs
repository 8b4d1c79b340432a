using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Webhooks;

public class DuplicateConfigurationTests
{
    [Fact]
    public void Times_are_read()
    {
        var options = Read(
            ("Duplicates:KeepFor", "3.00:00:00"), ("duplicates:holdfor", "00:01:00"), ("Duplicates:StoreTimeout", "00:00:02"));

        Assert.Equal(TimeSpan.FromDays(3), options.KeepFor);
        Assert.Equal(TimeSpan.FromMinutes(1), options.HoldFor);
        Assert.Equal(TimeSpan.FromSeconds(2), options.StoreTimeout);
    }

    [Theory]
    [InlineData("Duplicates:KeepFor", "3")]
    [InlineData("Duplicates:Keepfor", "for ever")]
    [InlineData("Duplicates:KepFor", "3.00:00:00")]
    public void What_is_not_a_setting_or_not_a_time_is_named(string key, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.Contains($"'{key}'", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(("Duplicates:HoldFor", "02:00:00")));

        Assert.Contains("HoldFor", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static WebhookDuplicateOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        var services = new ServiceCollection();
        services.AddWebhookVerification(configuration);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<WebhookDuplicateOptions>>().Value;
    }
}
