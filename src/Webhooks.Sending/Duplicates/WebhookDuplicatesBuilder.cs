using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Says where received webhooks are remembered, and for how long. The last call that names a store wins;
/// without one it is the process's memory.</summary>
public sealed class WebhookDuplicatesBuilder
{
    private const int LeastCapacity = 16;

    internal WebhookDuplicatesBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Changes options from their defaults.</summary>
    /// <param name="configure">Sets them.</param>
    /// <returns>This builder.</returns>
    public WebhookDuplicatesBuilder Configure(Action<WebhookDuplicateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Remembers webhooks in a store of your own.</summary>
    /// <param name="factory">Makes the store; called once. The container disposes of it.</param>
    /// <returns>This builder.</returns>
    public WebhookDuplicatesBuilder UseStore(Func<IServiceProvider, WebhookDuplicateStore> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.RemoveAll<WebhookDuplicateStore>();
        Services.AddSingleton(factory);
        return this;
    }

    /// <summary>Remembers webhooks in the process's memory. After a restart nothing is known any more, and other
    /// processes know nothing of it.</summary>
    /// <param name="capacity">How many handled webhooks at most, 16 or more, at about 250 bytes each. When there are
    /// more, the oldest are forgotten before their time.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 16.</exception>
    public WebhookDuplicatesBuilder UseMemory(int capacity = MemoryDuplicateStore.DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, LeastCapacity);
        return UseStore(provider => MemoryDuplicateStore.Create(provider, capacity));
    }
}
