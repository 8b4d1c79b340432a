using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>The way to the networks in a list: names parted by full stops, and after a name <c>[]</c> for each item of
/// a list, or <c>[name=text]</c> for those whose property is that text or holds it.</summary>
internal sealed partial class PublishedPath
{
    private readonly Step[] _steps;

    private PublishedPath(Step[] steps) => _steps = steps;

    public static bool TryParse(string? text, [NotNullWhen(true)] out PublishedPath? path)
    {
        path = null;
        if (text is null or { Length: 0 or > 256 })
            return false;

        var steps = new List<Step>();
        foreach (var part in text.Split('.'))
        {
            if (StepPattern().Match(part) is not { Success: true } match || part.Length == 0)
                return false;

            var filters = match.Groups["key"].Captures
                .Zip(match.Groups["value"].Captures, (key, value) => new Filter(key.Value, value.Value));
            steps.Add(new Step(match.Groups["name"].Value, match.Groups["items"].Success, [.. filters]));
        }

        path = new PublishedPath([.. steps]);
        return true;
    }

    /// <summary>Finds what the path leads to; nothing where the JSON is shaped otherwise.</summary>
    public IEnumerable<JsonElement> Find(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in _steps)
            found = found.SelectMany(step.From);

        // A list of strings at the end of the path needs no brackets.
        return found.SelectMany(static element =>
            element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : (IEnumerable<JsonElement>)[element]);
    }

    [GeneratedRegex(
        @"^(?<name>[A-Za-z0-9_-]*)"
            + @"(?<items>(\[\])|(\[(?<key>[A-Za-z0-9_-]+)=(?<value>[A-Za-z0-9_ -]+)\])+)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();

    private sealed record Step(string Name, bool IntoItems, Filter[] Filters)
    {
        public IEnumerable<JsonElement> From(JsonElement element)
        {
            if (Name.Length > 0
                && (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(Name, out element)))
                return [];
            if (!IntoItems)
                return [element];

            return element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray().Where(item => Array.TrueForAll(Filters, filter => filter.Accepts(item)))
                : [];
        }
    }

    private sealed record Filter(string Key, string Value)
    {
        public bool Accepts(JsonElement item) =>
            item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Key, out var value)
            && (IsValue(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsValue)));

        private bool IsValue(JsonElement element) =>
            element.ValueKind == JsonValueKind.String && element.ValueEquals(Value);
    }
}
