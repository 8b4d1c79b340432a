using System.Text.RegularExpressions;

namespace Webhooks.Fuzzing;

/// <summary>Event types (first line) and the filters and patterns of them (second), against regular expressions.</summary>
public sealed partial class EventTypeTarget() : FuzzTarget("event-types")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "invoice.paid\ninvoice.*"u8.ToArray(), "a\n*"u8.ToArray(), "Push Hook\nPush Hook"u8.ToArray(),
        "a/b:c-d_e.f\na/b:c-d_e.f"u8.ToArray(), "a.b\na.*.c"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var (first, second) = InputText.Split(input);
        var isType = Type().IsMatch(first) && first.Length <= EventType.MaxLength;
        Law.AreEqual(isType, EventType.TryParse(first, out var type), $"whether '{first}' is a type");

        var name = second.EndsWith(".*", StringComparison.Ordinal) ? second[..^2] : second;
        var isFilter = second == "*" || (Type().IsMatch(name) && name.Length <= EventType.MaxLength);
        Law.AreEqual(isFilter, EventTypeFilter.TryParse(second, out var filter), $"whether '{second}' is a filter");
        if (isFilter)
            Law.AreEqual(isType && IsMatch(second, first), filter.Matches(type), $"whether '{second}' fits '{first}'");
        if (!string.IsNullOrWhiteSpace(second) && (isFilter || !second.Contains('*', StringComparison.Ordinal)))
            CheckPattern(second, first, isType);
    }

    private static void CheckPattern(string pattern, string type, bool isType) => Law.AreEqual(
        pattern == "*" || (pattern.EndsWith('*') ? isType && IsMatch(pattern, type) : pattern == type),
        EventPattern.Parse(pattern).Matches(type), $"whether the pattern '{pattern}' fits '{type}'");

    private static bool IsMatch(string filter, string type) => Regex.IsMatch(
        type, @"\A" + Regex.Escape(filter).Replace(@"\*", ".+", StringComparison.Ordinal) + @"\z");

    [GeneratedRegex(@"\A[A-Za-z0-9_/:-]+(\.[A-Za-z0-9_/:-]+)*\z")]
    private static partial Regex Type();
}
