using System.Threading.Channels;
using DotNetCore.CAP.Messages;
using DotNetCore.CAP.Transport;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Takes messages out of the queue in memory.</summary>
internal sealed class CapConsumer(string group, ChannelReader<TransportMessage> messages, BrokerAddress address) : IConsumerClient
{
    public BrokerAddress BrokerAddress => address;

    public Func<TransportMessage, object?, Task>? OnMessageCallback { get; set; }

    public Action<LogMessageEventArgs>? OnLogCallback { get; set; }

    public Task<ICollection<string>> FetchTopicsAsync(IEnumerable<string> topicNames)
        => Task.FromResult<ICollection<string>>([.. topicNames]);

    public Task SubscribeAsync(IEnumerable<string> topics) => Task.CompletedTask;

    public async Task ListeningAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await foreach (var message in messages.ReadAllAsync(cancellationToken))
        {
            message.Headers[Headers.Group] = group;
            await OnMessageCallback!(message, null);
        }
    }

    public Task CommitAsync(object? sender) => Task.CompletedTask;

    public Task RejectAsync(object? sender) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;
}
