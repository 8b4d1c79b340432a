using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds the options of a store, which are checked when the application starts.</summary>
internal static class PostgreSqlRegistration
{
    public static OptionsBuilder<PostgreSqlStoreOptions> AddOptions(IServiceCollection services, string? name = null)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlStoreOptions>, PostgreSqlStoreOptionsValidator>());
        return services.AddOptions<PostgreSqlStoreOptions>(name).ValidateOnStart();
    }
}
