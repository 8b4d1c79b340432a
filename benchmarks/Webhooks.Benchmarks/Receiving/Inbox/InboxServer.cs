using System.Data.Common;
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
        if (handling is InboxHandling.Marks or InboxHandling.Once)
            await CreateEffectsAsync(database);
        return new InboxServer(app);
    }

    private static Func<WebhookEvent, CancellationToken, Task> Handler(string database, InboxHandling handling)
    {
        return handling switch
        {
            InboxHandling.Marks => MarkAsync,
            InboxHandling.Once => static (webhook, cancellationToken) => webhook.HandleOnceAsync(
                (transaction, token) => AffectAsync(webhook, transaction, token), cancellationToken),
            _ => static (_, _) => Task.CompletedTask,
        };

        async Task MarkAsync(WebhookEvent webhook, CancellationToken cancellationToken)
        {
            await using var connection = new SqliteConnection(database);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = connection.BeginTransaction();
            await AffectAsync(webhook, transaction, cancellationToken);
            await webhook.MarkHandledAsync(transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task AffectAsync(
        WebhookEvent webhook, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = (SqliteCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = "INSERT INTO effects VALUES ($id)";
        command.Parameters.AddWithValue("$id", webhook.Id);
        await command.ExecuteNonQueryAsync(cancellationToken);
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
