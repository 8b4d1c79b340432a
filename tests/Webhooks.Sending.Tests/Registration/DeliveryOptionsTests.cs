using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Webhooks.Tests.Registration;

public sealed class DeliveryOptionsTests
{
    [Fact]
    public void Every_option_can_come_from_configuration_and_code_comes_after()
    {
        var options = OptionsOf(
            builder => builder.ConfigureDelivery(delivery => delivery.CircuitThreshold = 4),
            ("Delivery:Enabled", "false"),
            ("Delivery:MaxConcurrency", "7"),
            ("Delivery:EndpointConcurrency", "3"),
            ("Delivery:MaxLeased", "9"),
            ("Delivery:MaxLeasedBytes", "8589934592"),
            ("Delivery:LeaseDuration", "00:00:30"),
            ("Delivery:PollInterval", "00:00:01"),
            ("Delivery:MaxOrderingWait", "00:10:00"),
            ("Delivery:CircuitThreshold", "5"),
            ("Delivery:CircuitPause", "00:00:02"),
            ("Delivery:MaxCircuitPause", "00:01:00"),
            ("Delivery:DisableAfter", "never"),
            ("Delivery:SucceededRetention", "7.00:00:00"),
            ("Delivery:FailedRetention", "Never"),
            ("Delivery:IdempotencyWindow", "01:00:00"),
            ("Delivery:MaxPayloadBytes", "1000"));

        Assert.False(options.Enabled);
        Assert.Equal((7, 3, 9, 8589934592), (options.MaxConcurrency, options.EndpointConcurrency, options.MaxLeased, options.MaxLeasedBytes));
        Assert.Equal(TimeSpan.FromSeconds(30), options.LeaseDuration);
        Assert.Equal(TimeSpan.FromSeconds(1), options.PollInterval);
        Assert.Equal(TimeSpan.FromMinutes(10), options.MaxOrderingWait);
        Assert.Equal(4, options.CircuitThreshold);
        Assert.Equal(TimeSpan.FromSeconds(2), options.CircuitPause);
        Assert.Equal(TimeSpan.FromMinutes(1), options.MaxCircuitPause);
        Assert.Null(options.DisableAfter);
        Assert.Equal(TimeSpan.FromDays(7), options.SucceededRetention);
        Assert.Null(options.FailedRetention);
        Assert.Equal(TimeSpan.FromHours(1), options.IdempotencyWindow);
        Assert.Equal(1000, options.MaxPayloadBytes);
    }

    [Fact]
    public void A_new_option_is_not_forgotten_in_configuration()
        => Assert.Equal(16, typeof(WebhookDeliveryOptions).GetProperties().Length);

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_when_the_application_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddWebhookSender(Section(
            ("Delivery:LeaseDuration", "60"), ("Delivery:MaxConcurency", "1"), ("Delivery:DisableAfter", "soon"))).ConfigureDelivery(options =>
        {
            options.MaxConcurrency = 2000;
            options.EndpointConcurrency = 0;
            options.MaxLeasedBytes = 1;
            options.PollInterval = TimeSpan.FromMilliseconds(99);
            options.MaxOrderingWait = TimeSpan.FromTicks(-1);
            options.CircuitThreshold = 0;
            options.CircuitPause = TimeSpan.Zero;
            options.MaxCircuitPause = TimeSpan.FromTicks(-1);
            options.SucceededRetention = TimeSpan.FromMinutes(59);
            options.FailedRetention = TimeSpan.Zero;
            options.IdempotencyWindow = TimeSpan.Zero;
            options.MaxPayloadBytes = 0;
        });
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        string[] options =
        [
            "LeaseDuration", "MaxConcurency isn't a setting", "DisableAfter is 'soon'", "EndpointConcurrency", "MaxLeased is 1024",
            "MaxLeasedBytes", "PollInterval", "MaxOrderingWait", "CircuitThreshold", "CircuitPause", "MaxCircuitPause",
            "SucceededRetention", "FailedRetention", "IdempotencyWindow", "MaxPayloadBytes",
        ];
        Assert.All(options, option => Assert.Contains(
            error.Failures, failure => failure.Contains("Delivery." + option, StringComparison.Ordinal)));
        Assert.Equal(options.Length, error.Failures.Count());
    }

    [Fact]
    public void The_bounds_themselves_are_allowed()
    {
        var least = OptionsOf(builder => builder.ConfigureDelivery(options =>
        {
            (options.MaxConcurrency, options.EndpointConcurrency, options.MaxLeased, options.CircuitThreshold) = (1, 1, 1, 1);
            (options.MaxLeasedBytes, options.MaxPayloadBytes) = (1024 * 1024, 1);
            options.LeaseDuration = TimeSpan.FromSeconds(5);
            options.PollInterval = TimeSpan.FromMilliseconds(100);
            options.MaxOrderingWait = TimeSpan.Zero;
            options.CircuitPause = options.MaxCircuitPause = TimeSpan.FromTicks(1);
            options.SucceededRetention = options.FailedRetention = TimeSpan.FromHours(1);
        }));
        var most = OptionsOf(builder => builder.ConfigureDelivery(options =>
        {
            (options.MaxConcurrency, options.EndpointConcurrency, options.MaxLeased, options.CircuitThreshold) =
                (100_000, 1000, 100_000, 10_000);
            options.MaxPayloadBytes = 64 * 1024 * 1024;
            options.LeaseDuration = options.PollInterval = TimeSpan.FromHours(1);
            options.IdempotencyWindow = TimeSpan.FromDays(30);
        }));

        Assert.Equal(1, least.MaxConcurrency);
        Assert.Equal(100_000, most.MaxConcurrency);
    }

    [Theory]
    [InlineData("AtemptTimeout")]
    [InlineData("Retry:MaxAtempts")]
    [InlineData("Network:AllowedNetwork:0")]
    [InlineData("Delivery:Circuit:Pause")]
    public void A_misspelt_key_is_named(string key)
    {
        var error = Assert.Throws<OptionsValidationException>(() =>
        {
            using var provider = Services(_ => { }, (key, "1")).BuildServiceProvider();
            _ = provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value;
        });

        var name = key.StartsWith("Delivery", StringComparison.Ordinal) ? "Delivery.Circuit" : key.Split(":0")[0].Replace(':', '.');
        Assert.Contains($"{name} isn't a setting of webhooks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_may_be_shared_with_the_receiver_and_the_root_with_everybody()
    {
        var services = Services(_ => { }, ("Sources:github:Secrets:0", "x"), ("MaxBodySize", "1"), ("Delivery:MaxConcurrency", "5"));
        var root = new ServiceCollection();
        root.AddWebhookSender(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Logging:LogLevel:Default", "Debug"), new("PATH", "/bin"), new("UserAgent", "Acme/1")]).Build());
        using var shared = services.BuildServiceProvider();
        using var own = root.BuildServiceProvider();

        Assert.Equal(5, shared.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value.MaxConcurrency);
        Assert.NotNull(shared.GetRequiredService<IOptions<WebhookSenderOptions>>().Value);
        Assert.Equal("Acme/1", own.GetRequiredService<IOptions<WebhookSenderOptions>>().Value.UserAgent);
    }

    [Fact]
    public void Schemes_are_told_apart_by_their_names()
    {
        var services = new ServiceCollection();
        services.AddWebhookSender(options =>
        {
            options.SignatureSchemes.Add(new HmacSignatureScheme("GitHub", new SignatureLayout { SignatureHeader = "X-One" }));
            options.SignatureSchemes.Add(SignatureSchemes.Stripe);
        });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value);

        Assert.Contains("'github'", Assert.Single(error.Failures), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Adding_twice_registers_once()
    {
        var once = new ServiceCollection();
        once.AddWebhookSender();
        var twice = new ServiceCollection();
        twice.AddWebhookSender().UseStore(_ => new MemoryStore(TimeProvider.System));
        twice.AddWebhookSender();

        Assert.Equal(
            once.Where(IsOurs).Select(service => service.ServiceType.ToString()).Order(),
            twice.Where(IsOurs).Select(service => service.ServiceType.ToString()).Order());
        using var provider = twice.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Assert.NotNull(provider.GetRequiredService<IWebhookPublisher>());
        Assert.NotNull(provider.GetRequiredService<IWebhookEndpoints>());
        Assert.NotNull(provider.GetRequiredService<IWebhookDeliveries>());

        static bool IsOurs(ServiceDescriptor service)
            => service.ServiceType.Assembly == typeof(WebhookMessage).Assembly || service.ServiceType == typeof(IHostedService);
    }

    private static WebhookDeliveryOptions OptionsOf(Action<WebhookSenderBuilder> build, params (string Key, string Value)[] values)
    {
        using var provider = Services(build, values).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<WebhookDeliveryOptions>>().Value;
    }

    private static ServiceCollection Services(Action<WebhookSenderBuilder> build, params (string Key, string Value)[] values)
    {
        var services = new ServiceCollection();
        build(services.AddWebhookSender(Section(values)));
        return services;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("Webhooks:" + pair.Key, (string?)pair.Value)))
            .Build()
            .GetSection("Webhooks");
}
