using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Adds the options of a store, which are checked when the application starts.</summary>
internal static class SqliteRegistration
{
    public static OptionsBuilder<SqliteStoreOptions> AddOptions(IServiceCollection services, string? name = null)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>());
        return services.AddOptions<SqliteStoreOptions>(name).ValidateOnStart();
    }
}
