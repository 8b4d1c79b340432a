using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks;

public class HandledRouteTests
{
    private static readonly Func<WebhookEvent, CancellationToken, Task> Handle = (_, _) => Task.CompletedTask;

    [Fact]
    public async Task A_mapped_route_shows_its_headers_its_payload_and_its_answers()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .On("invoice.paid", PayloadJson.Default.Invoice, (_, _) => Task.CompletedTask));

        var operation = document.At("paths", "/hooks/billing", "post");
        Assert.Equal(["webhook-id!", "webhook-timestamp!", "webhook-signature!"], operation.Headers());
        Assert.Equal("#/components/schemas/Invoice", SchemaOf(operation).At("$ref").GetString());
        Assert.Equal(["200", "400", "401", "408", "413", "415", "429", "503"], operation.At("responses").Names().Order());
        Assert.Equal("Receives webhooks of 'billing'.", operation.At("summary").GetString());
    }

    [Fact]
    public async Task Payloads_are_described_with_the_types_within_them()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .On("invoice.paid", PayloadJson.Default.Invoice, (_, _) => Task.CompletedTask));

        var invoice = document.At("components", "schemas", "Invoice", "properties");
        Assert.Equal(["name"], invoice.At("customer", "properties").Names());
    }

    [Fact]
    public async Task A_payload_that_holds_its_own_kind_is_described_to_an_end()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .On("folder.made", PayloadJson.Default.Folder, (_, _) => Task.CompletedTask));

        var folder = document.At("components", "schemas", "Folder", "properties");
        Assert.Equal(["name", "inner"], folder.At("inner", "items", "properties").Names());
    }

    [Fact]
    public async Task Handlers_of_several_types_leave_the_choice()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .On("invoice.paid", PayloadJson.Default.Invoice, (_, _) => Task.CompletedTask)
            .On("refund.*", PayloadJson.Default.Refund, (_, _) => Task.CompletedTask));

        var operation = document.At("paths", "/hooks/billing", "post");
        Assert.Equal(
            ["#/components/schemas/Invoice", "#/components/schemas/Refund"],
            SchemaOf(operation).At("anyOf").EnumerateArray().Select(schema => schema.At("$ref").GetString()));
        Assert.Equal(
            "By event type: `invoice.paid` (Invoice), `refund.*` (Refund).",
            operation.At("requestBody", "description").GetString());
    }

    [Fact]
    public async Task A_payload_in_an_envelope_is_described_with_it()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .PayloadAt("/data/object")
            .On("invoice.paid", PayloadJson.Default.Invoice, (_, _) => Task.CompletedTask));

        var inner = SchemaOf(document.At("paths", "/hooks/billing", "post"))
            .At("properties", "data", "properties", "object");
        Assert.Equal("#/components/schemas/Invoice", inner.At("$ref").GetString());
    }

    [Fact]
    public async Task What_handlers_take_as_it_is_or_the_options_do_not_know_is_left_open()
    {
        var document = await Described.ByAsync(
            app =>
            {
                app.MapWebhook("/hooks/billing", "billing").On("*", Handle);
                app.MapWebhook("/hooks/guarded", "guarded")
                    .On("push", UnlistedTypeInfo, (_, _) => Task.CompletedTask);
            },
            services => services.ConfigureHttpJsonOptions(
                options => options.SerializerOptions.TypeInfoResolver = PayloadJson.Default));

        Assert.Empty(SchemaOf(document.At("paths", "/hooks/billing", "post")).Names());
        var guarded = document.At("paths", "/hooks/guarded", "post", "requestBody", "content");
        Assert.Equal(["application/cloudevents+json"], guarded.Names());
        Assert.Empty(guarded.At("application/cloudevents+json", "schema").Names());
    }

    [Fact]
    public async Task Unknown_event_types_that_are_rejected_have_an_answer_of_their_own()
    {
        var document = await Described.ByAsync(app => app.MapWebhook("/hooks/billing", "billing")
            .On("invoice.paid", Handle).OnUnknown(UnknownEventType.Reject));

        Assert.Contains("422", document.At("paths", "/hooks/billing", "post", "responses").Names());
    }

    [Fact]
    public async Task A_handshake_by_another_method_is_an_operation_of_its_own()
    {
        var document = await Described.ByAsync(app =>
            app.MapWebhook("/hooks/meta", "meta").On("*", Handle).WithName("meta"));

        var path = document.At("paths", "/hooks/meta");
        Assert.Equal(["get", "post"], path.Names().Order());
        Assert.Equal("Answers the handshake of 'meta'.", path.At("get", "summary").GetString());
        Assert.False(path.At("get").TryGetProperty("requestBody", out _));
        Assert.False(path.At("get").TryGetProperty("operationId", out _));
        Assert.Equal("meta", path.At("post", "operationId").GetString());
    }

    [Fact]
    public async Task Routes_are_named_tagged_grouped_and_left_out_like_others()
    {
        var document = await Described.ByAsync(app =>
        {
            app.MapWebhook("/in/{tenant:int}/{**rest}", "billing").On("*", Handle)
                .WithName("billing").WithTags("money").WithSummary("Ours.").WithDescription("More.");
            app.MapWebhook("/hidden", "billing").ExcludeFromDescription();
            app.MapWebhook("/elsewhere", "billing").WithGroupName("v2");
        });

        var operation = document.At("paths", "/in/{tenant}/{rest}", "post");
        Assert.Equal("billing", operation.At("operationId").GetString());
        Assert.Equal("Ours.", operation.At("summary").GetString());
        Assert.Equal("More.", operation.At("description").GetString());
        Assert.Equal(["money"], operation.At("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(["/in/{tenant}/{rest}"], document.At("paths").Names());
    }

    [Fact]
    public async Task Parameters_of_the_path_are_described()
    {
        var document = await Described.ByAsync(app =>
            app.MapWebhook("/in/{tenant}", "billing").On("*", Handle));

        var path = Assert.Single(
            document.At("paths", "/in/{tenant}", "post", "parameters").EnumerateArray(),
            parameter => parameter.At("in").GetString() == "path");
        Assert.Equal("tenant", path.At("name").GetString());
        Assert.True(path.At("required").GetBoolean());
    }

    private static JsonTypeInfo<Unlisted> UnlistedTypeInfo =>
        JsonMetadataServices.CreateValueInfo<Unlisted>(
            new JsonSerializerOptions(), new UnlistedConverter());

    private static JsonElement SchemaOf(JsonElement operation) =>
        operation.At("requestBody", "content", "application/json", "schema");
}
