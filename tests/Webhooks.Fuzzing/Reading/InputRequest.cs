using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>An input that stands for a request: a first line, header lines, an empty line, the body.</summary>
internal sealed class InputRequest : ISignatureHeaderWriter
{
    public string First { get; private init; } = "";

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public byte[] Body { get; private init; } = [];

    public static InputRequest Make(string first, byte[] body) => new() { First = first, Body = body };

    public static InputRequest Parse(byte[] input)
    {
        var end = input.AsSpan().IndexOf("\n\n"u8);
        var head = InputText.Of(end < 0 ? input : input.AsSpan(0, end)).Split('\n');
        var request = new InputRequest { First = head[0], Body = end < 0 ? [] : input[(end + 2)..] };
        foreach (var line in head.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                request.Headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return request;
    }

    public void Write(string name, string value) => Headers.Add(new(name, value));

    /// <summary>The values of a header, one for each line of it.</summary>
    public string[] Find(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    public byte[] ToInput()
    {
        var head = new StringBuilder(First).Append('\n');
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append('\n');
        return [.. InputText.From(head.Append('\n').ToString()), .. Body];
    }
}
