using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Node;

/// <summary>What a test can tell a node to do: one command a line, answered by one line when it is done.</summary>
internal sealed class Commands(NodeSettings settings, IConfiguration configuration, Reports reports) : IAsyncDisposable
{
    private readonly ShiftedTime _time = new();
    private IHost? _host;
    private Publications? _publications;
    private Load? _load;

    private IHost Running => _host ?? throw new InvalidOperationException("The first command is go, or receive.");

    /// <returns>Whether there is more to come.</returns>
    public async Task<bool> RunAsync(string line)
    {
        var words = line.Split(' ');
        try
        {
            reports.Write(await RunAsync(words));
        }
        catch (Exception exception)
        {
            var text = exception.ToString();
            reports.Write($"error {words[0]} {text[..Math.Min(text.Length, 3000)]}");
        }

        return words[0] != "stop";
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }

    private async Task<string> RunAsync(string[] words)
    {
        switch (words[0])
        {
            case "go":
                return await GoAsync(words[1]);
            case "receive":
                return await ReceiveAsync();
            case "endpoint":
                return await CreateEndpointAsync(words);
            case "enable":
                await Endpoints.EnableAsync(words[1]);
                return "enabled";
            case "disable":
                await Endpoints.DisableAsync(words[1], "the test says so");
                return "disabled";
            case "delete":
                await Endpoints.DeleteAsync(words[1]);
                return "deleted";
            case "publish":
                await _publications!.PublishAsync(Number(words[1]), Number(words[2]), words.ElementAtOrDefault(3));
                return "published";
            case "load":
                _load = Load.Start(_publications!, settings.Seed, Number(words[1]), Number(words[2]), words[3]);
                return "loading";
            case "halt":
                await _load!.StopAsync();
                return "halted";
            case "shift":
                _time.ShiftTo(TimeSpan.FromSeconds(Number(words[1])));
                return "shifted";
            case "stop":
                return await StopAsync();
            default:
                throw new ArgumentException($"No such command: {words[0]}");
        }
    }

    private IWebhookEndpoints Endpoints => Running.Services.GetRequiredService<IWebhookEndpoints>();

    private async Task<string> GoAsync(string role)
    {
        _host = Application.Build(settings, configuration, _time, role);
        await _host.StartAsync();
        var publisher = _host.Services.GetRequiredService<IWebhookPublisher>();
        _publications = new Publications(publisher, Outbox.Open(settings), reports);
        return "ready";
    }

    private async Task<string> ReceiveAsync()
    {
        var handling = new Handling(Outbox.Open(settings), settings, reports);
        var application = ReceiverApplication.Build(settings, configuration, handling);
        _host = application;
        await application.StartAsync();
        return $"receiving {application.Urls.Single()}";
    }

    private async Task<string> CreateEndpointAsync(string[] words)
    {
        var endpoint = new WebhookEndpoint(new Uri(words[2]), SigningSecret.Parse(words[3]))
        {
            Id = words[1],
            Timeout = TimeSpan.FromMilliseconds(Number(words[4])),
            EventTypes = [EventTypeFilter.Parse(words[5])],
        };
        await Endpoints.CreateAsync(endpoint);
        return "created";
    }

    private async Task<string> StopAsync()
    {
        if (_load is not null)
            await _load.StopAsync();
        await Running.StopAsync();
        return "stopped";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
