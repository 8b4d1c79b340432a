using System.Globalization;
using System.Text.Json;

namespace Webhooks.Fuzzing;

internal static class PathReference
{
    /// <summary>The value at a property's name or a JSON pointer. Of equal names the last counts.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        string[] segments = path.StartsWith('/')
            ? [.. path[1..].Split('/').Select(segment => segment
                .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : [path];
        var current = root;
        foreach (var segment in segments)
        {
            if (current.ValueKind == JsonValueKind.Object && current.TryGetProperty(segment, out var value))
                current = value;
            else if (current.ValueKind == JsonValueKind.Array && path.StartsWith('/')
                && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < current.GetArrayLength())
                current = current[index];
            else
                return null;
        }

        return current;
    }
}
