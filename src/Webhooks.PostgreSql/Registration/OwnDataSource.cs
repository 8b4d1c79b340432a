using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Makes a pool of connections of a store's own.</summary>
internal static class OwnDataSource
{
    public static NpgsqlDataSource Create(IServiceProvider provider, string connectionString)
    {
        // The slim builder leaves out what needs reflection.
        var builder = new NpgsqlSlimDataSourceBuilder(connectionString)
            .EnableArrays()
            .EnableTransportSecurity()
            .EnableIntegratedSecurity()
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        // Whatever the store sets ends with its transaction, so nothing need be undone before a connection's next use.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        return builder.Build();
    }
}
