using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks;

/// <summary>Adds what delivers stored messages.</summary>
internal static class DeliveryRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<DispatchSignal>();
    }
}
