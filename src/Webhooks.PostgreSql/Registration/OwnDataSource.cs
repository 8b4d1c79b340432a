using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Makes a pool of connections of a store's own.</summary>
internal static class OwnDataSource
{
    // The slim builder leaves out what needs reflection.
    public static NpgsqlDataSource Create(IServiceProvider provider, string connectionString)
        => new NpgsqlSlimDataSourceBuilder(connectionString)
            .EnableArrays()
            .EnableTransportSecurity()
            .EnableIntegratedSecurity()
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>())
            .Build();
}
