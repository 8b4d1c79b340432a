using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Webhooks.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public void The_defaults_are_those_documented()
    {
        var options = OptionsOf(services => services.AddWebhookSender());

        Assert.Equal(TimeSpan.FromSeconds(20), options.AttemptTimeout);
        Assert.Equal(16 * 1024, options.MaxResponseBytes);
        Assert.Equal(1024, options.ResponseSnippetLength);
        Assert.Equal(TimeSpan.FromHours(24), options.MaxRetryAfter);
        Assert.True(options.HonorDeliveryHeader);
        Assert.False(options.PropagateTraceContext);
        Assert.Same(RetryPolicy.StandardWebhooks, options.Retry.ToPolicy());
        Assert.False(options.Network.AllowHttp);
        Assert.False(options.Network.AllowPrivateNetworks);
    }

    [Fact]
    public void Every_option_can_come_from_configuration()
    {
        var options = OptionsOf(services => services.AddWebhookSender(Configuration(
            ("AttemptTimeout", "00:00:05"),
            ("MaxResponseBytes", "100"),
            ("ResponseSnippetLength", "10"),
            ("MaxRetryAfter", "01:00:00"),
            ("HonorDeliveryHeader", "false"),
            ("PropagateTraceContext", "True"),
            ("UserAgent", "Acme/1"),
            ("HttpVersion", "2.0"),
            ("HttpVersionPolicy", "RequestVersionExact"),
            ("Network:AllowHttp", "true"),
            ("Network:AllowPrivateNetworks", "true"),
            ("Network:AllowNat64", "true"),
            ("Network:AllowedNetworks:0", "10.1.0.0/16"),
            ("Network:AllowedHosts:0", "*.corp"),
            ("Network:AllowedPorts:0", "443"),
            ("Network:AllowedPorts:1", "8000-8100"),
            ("Network:ConnectTimeout", "00:00:03"),
            ("Network:ConnectionLifetime", "00:02:00"),
            ("Network:ConnectionIdleTimeout", "00:00:30"),
            ("Network:MaxConnectionsPerServer", "8"))));

        Assert.Equal(TimeSpan.FromSeconds(5), options.AttemptTimeout);
        Assert.Equal(100, options.MaxResponseBytes);
        Assert.Equal(10, options.ResponseSnippetLength);
        Assert.Equal(TimeSpan.FromHours(1), options.MaxRetryAfter);
        Assert.False(options.HonorDeliveryHeader);
        Assert.True(options.PropagateTraceContext);
        Assert.Equal("Acme/1", options.UserAgent);
        Assert.Equal(HttpVersion.Version20, options.HttpVersion);
        Assert.Equal(HttpVersionPolicy.RequestVersionExact, options.HttpVersionPolicy);
        Assert.True(options.Network is { AllowHttp: true, AllowPrivateNetworks: true, AllowNat64: true });
        Assert.Equal(["10.1.0.0/16"], options.Network.AllowedNetworks);
        Assert.Equal(["*.corp"], options.Network.AllowedHosts);
        Assert.Equal(["443", "8000-8100"], options.Network.AllowedPorts);
        Assert.Equal(TimeSpan.FromSeconds(3), options.Network.ConnectTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Network.ConnectionLifetime);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Network.ConnectionIdleTimeout);
        Assert.Equal(8, options.Network.MaxConnectionsPerServer);
    }

    [Fact]
    public void A_new_option_is_not_forgotten_in_configuration()
    {
        // Those that only code can set.
        string[] inCode =
        [
            nameof(WebhookSenderOptions.RetryPolicy), nameof(WebhookSenderOptions.Retry), nameof(WebhookSenderOptions.Network),
            nameof(WebhookSenderOptions.SignatureSchemes), nameof(WebhookSenderOptions.PrepareEndpoint),
        ];

        Assert.Equal(9, typeof(WebhookSenderOptions).GetProperties().Count(property => !inCode.Contains(property.Name)));
        Assert.Equal(10, typeof(NetworkOptions).GetProperties().Length);
        Assert.Equal(9, typeof(RetryOptions).GetProperties().Length);
    }

    [Fact]
    public void A_retry_policy_can_come_from_configuration()
    {
        var policy = PolicyOf(
            ("Retry:Kind", "Exponential"),
            ("Retry:BaseDelay", "00:00:02"),
            ("Retry:Factor", "3"),
            ("Retry:MaxDelay", "00:00:10"),
            ("Retry:MaxAttempts", "4"),
            ("Retry:MaxTotalTime", "01:00:00"),
            ("Retry:Jitter", "Percent"),
            ("Retry:JitterPercent", "50"));
        var schedule = PolicyOf(
            ("Retry:Kind", "schedule"), ("Retry:Delays:0", "00:00:07"), ("Retry:Delays:1", "00:00:09"));

        Assert.Equal(4, policy.MaxAttempts);
        Assert.Equal(TimeSpan.FromHours(1), policy.MaxTotalTime);
        Assert.Equal(TimeSpan.FromSeconds(6), policy.Decide(Some.RetryContext(2)).Delay);
        Assert.Equal(TimeSpan.FromSeconds(3), policy.Decide(Some.RetryContext(2, random: 0)).Delay);
        Assert.Equal(TimeSpan.FromSeconds(10), policy.Decide(Some.RetryContext(3)).Delay);
        Assert.Equal(3, schedule.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(9), schedule.Decide(Some.RetryContext(2, random: 0)).Delay);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_when_the_application_starts()
    {
        var configuration = Configuration(
            ("AttemptTimeout", "20"),
            ("MaxResponseBytes", "-1"),
            ("UserAgent", "a\nb"),
            ("HttpVersion", "3.0"),
            ("Retry:Kind", "Sometimes"),
            ("Retry:MaxAttempts", "0"),
            ("Retry:Delays:0", "soon"),
            ("Network:AllowedNetworks:0", "0.0.0.0/0"),
            ("Network:AllowedHosts", "receiver"),
            ("Network:ConnectTimeout", "00:00:00"));
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddWebhookSender(configuration, options => options.ResponseSnippetLength = -1);
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        string[] options =
        [
            "AttemptTimeout is '20'", "MaxResponseBytes", "UserAgent", "HttpVersion", "Retry.Kind", "Retry.MaxAttempts",
            "Retry.Delays.0", "Network.AllowedNetworks", "Network.AllowedHosts is a list", "Network.ConnectTimeout", "ResponseSnippetLength",
        ];
        Assert.All(options, option => Assert.Contains(
            error.Failures, failure => failure.Contains(option, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_registered_already_stays_and_adding_twice_changes_nothing()
    {
        var signer = new ScriptedSigner(_ => { });
        var services = new ServiceCollection();
        services.AddSingleton<IWebhookSigner>(signer);
        services.AddWebhookSender();
        services.AddWebhookSender(options => options.UserAgent = "Acme/1");
        using var provider = services.BuildServiceProvider();

        Assert.Same(signer, provider.GetRequiredService<IWebhookSigner>());
        Assert.Single(provider.GetServices<IWebhookSender>());
        Assert.Equal("Acme/1", provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value.UserAgent);
    }

    private static RetryPolicy PolicyOf(params (string Key, string Value)[] values)
        => OptionsOf(services => services.AddWebhookSender(Configuration(values))).Retry.ToPolicy();

    private static WebhookSenderOptions OptionsOf(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<WebhookSenderOptions>>().Value;
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
}
