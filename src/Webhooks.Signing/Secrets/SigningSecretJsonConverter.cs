using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>Keeps secrets out of JSON: writes a placeholder and refuses to read.</summary>
internal sealed class SigningSecretJsonConverter : JsonConverter<SigningSecret>
{
    public override SigningSecret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException(
            "A signing secret is not read from JSON. Read its text and pass it to SigningSecret.Parse.");

    public override void Write(Utf8JsonWriter writer, SigningSecret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SigningSecret.Redacted);
}
