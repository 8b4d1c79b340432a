using DotNetCore.CAP;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>
/// DotNetCore.CAP: 64 callers publish, a subscriber posts, both with its parallel options on. It has no backlog to drain,
/// for what is published goes to the transport at once, so its publishing is measured along. The transport is as thin as
/// can be: messages never leave the process.
/// </summary>
internal sealed class CapDrain : DrainWorkload
{
    private const int Callers = 64;
    private const int Workers = 40;

    private static readonly string Payload = System.Text.Encoding.ASCII.GetString(Payloads.Random());

    private IHost? _host;
    private Task _publishing = Task.CompletedTask;
    private int _left;

    public CapDrain()
        : base(1000, 1000)
    {
    }

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => BenchmarkDatabase.NewPostgresAsync(context.Postgres);

    protected override async Task FillAsync(string database, SinkClient sink, int count)
    {
        _left = count;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new HandPoster(sink));
        builder.Services.AddTransient<CapSubscriber>();
        builder.Services.AddCap(options =>
        {
            options.UsePostgreSql(database);
            options.RegisterExtension(new CapQueue());
            options.EnablePublishParallelSend = true;
            options.EnableSubscriberParallelExecute = true;
            options.SubscriberParallelExecuteThreadCount = Workers;
        });
        _host = builder.Build();
        await _host.StartAsync();
        while (!_host.Services.GetRequiredService<IBootstrapper>().IsStarted)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        await BenchmarkDatabase.SettleAsync(database);
    }

    protected override Task StartAsync()
    {
        _publishing = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(PublishAsync)));
        return Task.CompletedTask;
    }

    protected override async Task StopAsync()
    {
        await _publishing;
        await _host!.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private async Task PublishAsync()
    {
        using var scope = _host!.Services.CreateScope();
        var publisher = scope.ServiceProvider.GetRequiredService<ICapPublisher>();
        while (Interlocked.Decrement(ref _left) is >= 0 and var number)
            await publisher.PublishAsync(CapSubscriber.Topic, new CapJob(number % 100, Payload));
    }
}
