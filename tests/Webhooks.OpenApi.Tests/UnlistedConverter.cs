using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks;

internal sealed class UnlistedConverter : JsonConverter<Unlisted>
{
    public override Unlisted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Unlisted value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
