using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>A receiver with an inbox.</summary>
internal sealed class InboxServer : IAsyncDisposable
{
    public const string Secret = ReceiveServer.Secret;

    private readonly WebApplication _app;

    private InboxServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    public static async Task<InboxServer> StartAsync(string database, InboxHandling handling, int concurrency)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddWebhookVerification()
            .AddSource("billing", SignatureSchemes.StandardWebhooks, Secret)
            .UseInbox(inbox => inbox.UseSqlite(database).Configure(options =>
            {
                options.Enabled = handling != InboxHandling.None;
                options.SourceConcurrency = concurrency;
            }));
        var app = builder.Build();
        app.UseWebhookVerification();
        app.MapWebhook("/hook", "billing").On("*", Handler(database, handling));
        await app.StartAsync();
        if (handling == InboxHandling.Marks)
            await CreateEffectsAsync(database);
        return new InboxServer(app);
    }

    private static Func<WebhookEvent, CancellationToken, Task> Handler(string database, InboxHandling handling)
    {
        if (handling != InboxHandling.Marks)
            return static (_, _) => Task.CompletedTask;

        return async (webhook, cancellationToken) =>
        {
            await using var connection = new SqliteConnection(database);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = connection.BeginTransaction();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO effects VALUES ($id)";
            command.Parameters.AddWithValue("$id", webhook.Id);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await webhook.MarkHandledAsync(transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        };
    }

    private static async Task CreateEffectsAsync(string database)
    {
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE effects (id TEXT NOT NULL) STRICT";
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
