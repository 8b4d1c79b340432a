using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>Webhooks over a real server, kept in a real file, and handled afterwards.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private const string Secret = "a secret that both sides know";

    private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;
    private readonly Channel<WebhookEvent> _handled = Channel.CreateUnbounded<WebhookEvent>();
    private WebApplication? _app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "inbox.db")};Pooling=False";

    public ValueTask InitializeAsync() => default;

    [Fact]
    public async Task A_webhook_is_answered_202_and_handled()
    {
        using var client = await StartAsync(inbox => inbox.UseSqlite(ConnectionString), HandleAsync);

        var status = await SendAsync(client, "{\"n\":1}");

        Assert.Equal(HttpStatusCode.Accepted, status);
        var handled = await _handled.Reader.ReadAsync(Cancel);
        Assert.Equal(("code", "push", "d1", 1), (handled.Source, handled.EventType, handled.Id, handled.Attempt));
    }

    [Fact]
    public async Task A_duplicate_is_answered_202_and_dropped_by_the_store()
    {
        using var client = await StartAsync(inbox => inbox.UseSqlite(ConnectionString), HandleAsync);

        var statuses = new[]
        {
            await SendAsync(client, "{\"n\":1}"), await SendAsync(client, "{\"n\":1}"),
            await SendAsync(client, "{\"n\":2}"),
        };

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Accepted, 3), statuses);
        await _handled.Reader.ReadAsync(Cancel);
        await _handled.Reader.ReadAsync(Cancel);
        await _app!.StopAsync(Cancel);
        Assert.False(_handled.Reader.TryRead(out _));
    }

    [Fact]
    public async Task What_a_handler_fails_at_is_tried_again()
    {
        using var client = await StartAsync(
            inbox => inbox.Configure(options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 3)),
            async webhook =>
            {
                if (webhook.Attempt == 1)
                    throw new InvalidOperationException("Not now.");
                await HandleAsync(webhook);
            });

        await SendAsync(client, "{}");

        Assert.Equal(2, (await _handled.Reader.ReadAsync(Cancel)).Attempt);
    }

    [Fact]
    public async Task A_mark_commits_with_the_handlers_effect_and_the_webhook_is_not_handled_again()
    {
        using var client = await StartAsync(
            inbox => inbox.UseSqlite(ConnectionString)
                .Configure(options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 5)),
            async webhook =>
            {
                await MarkAsync(webhook);
                _handled.Writer.TryWrite(webhook);
                throw new InvalidOperationException("After the commit, which stands.");
            });

        await SendAsync(client, "{}");

        await _handled.Reader.ReadAsync(Cancel);
        await _app!.StopAsync(Cancel);
        Assert.False(_handled.Reader.TryRead(out _));
        Assert.Equal(1, await CountAsync("effects"));
        Assert.Equal(0, await CountAsync("webhooks_inbox_pending"));
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_stored_is_answered_503()
    {
        using var client = await StartAsync(
            inbox => inbox.Configure(options => options.OrderingKey = _ => throw new TimeoutException()), HandleAsync);

        var status = await SendAsync(client, "{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.False(_handled.Reader.TryRead(out _));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task HandleAsync(WebhookEvent webhook)
    {
        _handled.Writer.TryWrite(webhook);
        return Task.CompletedTask;
    }

    private async Task MarkAsync(WebhookEvent webhook)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS effects (id integer); INSERT INTO effects VALUES (1)";
        await command.ExecuteNonQueryAsync(Cancel);
        await webhook.MarkHandledAsync(transaction, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private async Task<long> CountAsync(string table)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own texts.
        command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task<HttpClient> StartAsync(Action<WebhookInboxBuilder> inbox, Func<WebhookEvent, Task> handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Microsoft.AspNetCore.Hosting.HostingAbstractionsWebHostBuilderExtensions.UseUrls(
            builder.WebHost, "http://127.0.0.1:0");
        builder.Services.AddWebhookVerification()
            .AddSource("code", SignatureSchemes.GitHub, Secret)
            .UseInbox(inbox);
        _app = builder.Build();
        _app.UseWebhookVerification();
        _app.MapWebhook("/hooks/code", "code").OnFallback((webhook, _) => handler(webhook));
        await _app.StartAsync(Cancel);
        return new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("X-GitHub-Event", "push");
        content.Headers.Add("X-GitHub-Delivery", "d1");
        content.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body))));
        using var response = await client.PostAsync("/hooks/code", content, Cancel);
        return response.StatusCode;
    }
}
