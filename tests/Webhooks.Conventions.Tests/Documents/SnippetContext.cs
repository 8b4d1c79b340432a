namespace Webhooks;

/// <summary>
/// What a reader of the documents takes for granted: the usings of a web project, and a few names that stand for things
/// of the reader's own. A block that declares such a name itself gets its own.
/// </summary>
internal static class SnippetContext
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Security.Cryptography.X509Certificates;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Data.Sqlite;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Npgsql;
        global using Webhooks;
        """;

    /// <summary>Names that may stand for themselves, in an order in which later ones may use earlier ones.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Locals { get; } =
    [
        new("builder", "var builder = WebApplication.CreateBuilder(args);"),
        new("app", "var app = builder.Build();"),
        new("services", "var services = builder.Services;"),
        new("configuration", "var configuration = builder.Configuration;"),
        new("sender", "var sender = app.Services.GetRequiredService<IWebhookSender>();"),
        new("publisher", "var publisher = app.Services.GetRequiredService<IWebhookPublisher>();"),
        new("endpoints", "var endpoints = app.Services.GetRequiredService<IWebhookEndpoints>();"),
        new("deliveries", "var deliveries = app.Services.GetRequiredService<IWebhookDeliveries>();"),
        new("inbox", "var inbox = app.Services.GetRequiredService<IWebhookInbox>();"),
        new("dataSource", "await using var dataSource = NpgsqlDataSource.Create(\"\");"),
        new("certificate", "X509Certificate2? certificate = null;"),
        new("id", "var id = 42;"),
        new("url", "var url = new Uri(\"https://customer.example/webhooks\");"),
        new("secret", "var secret = SigningSecret.Generate();"),
        new("endpoint", "var endpoint = new WebhookEndpoint(url, secret);"),
        new("body", "ReadOnlyMemory<byte> body = default;"),
        new("secrets", "var secrets = app.Services.GetRequiredService<ITenantSecrets>();"),
        new("cancellationToken", "var cancellationToken = CancellationToken.None;"),
        new("invoice", "var invoice = new Invoice(1, \"paid\");"),
        new("message", "var message = WebhookMessage.Create(\"invoice.paid\", invoice, AppJson.Default.Invoice);"),
        new("result", "var result = await sender.SendAsync(message, endpoint, cancellationToken);"),
    ];

    /// <summary>Types that may stand for the reader's own.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>
    {
        ["Invoice"] = "public sealed record Invoice(int Id, string Status);",
        ["ITenantSecrets"] = "public interface ITenantSecrets { Task<IReadOnlyList<SigningSecret>> FindAsync(string tenant, CancellationToken cancellationToken); }",
        ["AppJson"] = "[JsonSerializable(typeof(Invoice))] public sealed partial class AppJson : JsonSerializerContext;",
    };
}
