using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>An application's OpenAPI document, as a client gets it.</summary>
internal static class Described
{
    /// <summary>The document of an application with the sources <c>billing</c> (Standard Webhooks), <c>meta</c> (which
    /// has a handshake) and <c>guarded</c> (credentials, addresses and a media type).</summary>
    public static async Task<JsonElement> ByAsync(
        Action<WebApplication> map, Action<IServiceCollection>? configure = null, string document = "v1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddWebhookVerification()
            .AddSource("billing", SignatureSchemes.StandardWebhooks, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .AddSource("meta", WebhookProviders.Meta, "a secret of meta")
            .AddSource("guarded", SignatureSchemes.GitHub, "a secret of guarded");
        builder.Services.Configure<WebhookSourceOptions>("guarded", options =>
        {
            options.ApiKeys.Add("key");
            options.BearerTokens.Add("token");
            options.AllowedNetworks.Add("192.0.2.0/24");
            options.ContentTypes.Clear();
            options.ContentTypes.Add("application/cloudevents+json");
            options.MaxBodySize = 1234;
        });
        builder.Services.AddOpenApi(document, options => options.AddWebhooks());
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, PayloadJson.Default));
        configure?.Invoke(builder.Services);
        await using var app = builder.Build();
        app.UseWebhookVerification();
        map(app);
        app.MapOpenApi();
        await app.StartAsync(The.CancellationToken);

        using var client = app.GetTestClient();
        var text = await client.GetStringAsync($"/openapi/{document}.json", The.CancellationToken);
        return JsonElement.Parse(text);
    }

    /// <summary>Goes down by property names; a name may be a path such as <c>/hooks/billing</c>.</summary>
    public static JsonElement At(this JsonElement element, params string[] names) =>
        names.Aggregate(element, (current, name) => current.GetProperty(name));

    public static IEnumerable<string> Names(this JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    public static IEnumerable<string> Headers(this JsonElement operation) =>
        operation.At("parameters").EnumerateArray()
            .Where(parameter => parameter.At("in").GetString() == "header")
            .Select(parameter => parameter.At("name").GetString()
                + (parameter.TryGetProperty("required", out var required) && required.GetBoolean() ? "!" : ""));
}
