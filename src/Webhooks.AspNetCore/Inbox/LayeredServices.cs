using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>The inbox's services, and the application's where the inbox has none: what a store is made from.</summary>
internal sealed class LayeredServices(IServiceProvider inner, IServiceProvider outer) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType) => inner.GetService(serviceType) ?? outer.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey)
        => (outer as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey)
        => outer.GetRequiredKeyedService(serviceType, serviceKey);
}
