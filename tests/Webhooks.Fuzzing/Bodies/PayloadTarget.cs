using System.Buffers;
using System.Text.Json;

namespace Webhooks.Fuzzing;

/// <summary>Payloads that handlers get: the body, or what lies at a path of it (first line). What can't be read is a
/// <see cref="JsonException"/>, which is answered 400.</summary>
public sealed class PayloadTarget() : FuzzTarget("payloads")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "\n{\"amount\":1.5,\"note\":\"\\ud83d\\ude00\"}"u8.ToArray(), "/data/object\n{\"data\":{\"object\":{\"amount\":1}}}"u8.ToArray(),
        "data\n{\"data\":null}"u8.ToArray(), "\n{\"a\":1,\"a\":2}"u8.ToArray(), "\n{\"\\ud800\":1}"u8.ToArray(),
        "\n[[[[1e999]]]]"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var end = input.AsSpan().IndexOf((byte)'\n');
        var path = end <= 0 ? null : InputText.Of(input.AsSpan(0, end));
        var body = new ReadOnlySequence<byte>(input.AsMemory(end + 1));
        var whole = Read(body, path);
        Law.AreEqual(whole, Read(Pieces.Of(input[(end + 1)..], 5), path), "in pieces");
        try
        {
            JsonPayload.RefuseDuplicates(body);
        }
        catch (JsonException)
        {
            // That is how it refuses.
        }
    }

    private static string? Read(in ReadOnlySequence<byte> body, string? path)
    {
        try
        {
            var node = JsonPayload.Read(body, PayloadJson.Default.JsonNode, path is null ? default : new JsonPath(path));
            return node is null ? "null" : "read";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
