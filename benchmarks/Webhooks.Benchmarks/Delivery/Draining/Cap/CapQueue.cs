using System.Threading.Channels;
using DotNetCore.CAP;
using DotNetCore.CAP.Messages;
using DotNetCore.CAP.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A transport for DotNetCore.CAP within the process: a queue in memory, for one group of subscribers.</summary>
internal sealed class CapQueue : ICapOptionsExtension, ITransport, IConsumerClientFactory
{
    private const string Name = "in process";

    private readonly Channel<TransportMessage> _messages = Channel.CreateUnbounded<TransportMessage>();

    public BrokerAddress BrokerAddress => new(Name, "localhost");

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new CapMessageQueueMakerService(Name));
        services.AddSingleton<ITransport>(this);
        services.AddSingleton<IConsumerClientFactory>(this);
    }

    public Task<OperateResult> SendAsync(TransportMessage message)
    {
        _messages.Writer.TryWrite(message);
        return Task.FromResult(OperateResult.Success);
    }

    public Task<IConsumerClient> CreateAsync(string groupName, byte groupConcurrent)
        => Task.FromResult<IConsumerClient>(new CapConsumer(groupName, _messages.Reader, BrokerAddress));
}
