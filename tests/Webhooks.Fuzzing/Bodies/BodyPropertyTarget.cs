using System.Buffers;
using System.Text.Json;

namespace Webhooks.Fuzzing;

/// <summary>
/// Properties of JSON bodies by name and by pointer (first line and second), against a document of the platform's; in
/// one piece and in many.
/// </summary>
public sealed class BodyPropertyTarget() : FuzzTarget("body-properties")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "id\n/data/0/type\n{\"id\":\"1\",\"data\":[{\"type\":\"a\"}]}"u8.ToArray(),
        "/a~1b/c\n/\n{\"a/b\":{\"c\":1.5e3},\"\":true}"u8.ToArray(), "\n/0\n[1,2]"u8.ToArray(),
        "x\ny\n{\"\\u0078\":\"\\ud800\",\"y\":\"\\ud83d\\ude00\"}"u8.ToArray(),
        "id\nid\n{\"id\":1,\"id\":{\"id\":2}}"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        if (input.AsSpan().IndexOf((byte)'\n') is not (>= 0 and var first)
            || input.AsSpan(first + 1).IndexOf((byte)'\n') is not (>= 0 and var length))
            return;

        var paths = (InputText.Of(input.AsSpan(0, first)), InputText.Of(input.AsSpan(first + 1, length)));
        var body = input[(first + length + 2)..];
        var found = BodyProperties.Find(new ReadOnlySequence<byte>(body), paths.Item1, paths.Item2);
        Law.AreEqual(found, BodyProperties.Find(Pieces.Of(body, 3), paths.Item1, paths.Item2), "in pieces");
        Compare(body, paths.Item1, found.First);
        Compare(body, paths.Item2, found.Second);
    }

    private static void Compare(byte[] body, string path, string? found)
    {
        if (found is null)
            return;

        // The document lets through what isn't valid further on, so only what was found is compared.
        using var document = JsonDocument.Parse(body);
        var value = PathReference.Find(document.RootElement, path);
        Law.AreEqual(
            value?.ValueKind == JsonValueKind.String ? value.Value.GetString() : value?.GetRawText(), found, $"'{path}'");
    }
}
