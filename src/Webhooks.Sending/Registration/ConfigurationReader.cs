using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>
/// Reads typed values without reflection. A value that can't be read is an error that names its key and what to write;
/// all of them come up together when the options are checked.
/// </summary>
internal sealed class ConfigurationReader(IConfiguration configuration, string path, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private delegate bool TryParse<T>(string text, out T value);

    public ConfigurationReader Section(string key)
    {
        _known.Add(key);
        return new(configuration.GetSection(key), $"{path}{key}.", errors);
    }

    /// <summary>Finds every key that nothing was read from, since a misspelt one would leave a default in
    /// force.</summary>
    /// <param name="others">Keys that somebody else reads.</param>
    public void RefuseUnknown(params ReadOnlySpan<string> others)
    {
        foreach (var other in others)
            _known.Add(other);
        foreach (var entry in configuration.GetChildren())
        {
            if (!_known.Contains(entry.Key))
                errors.Add($"{path}{entry.Key} isn't a setting of webhooks: correct its name or remove it.");
        }
    }

    public string Text(string key, string current) => Find(key) ?? current;

    public bool Flag(string key, bool current) => Read(key, current, bool.TryParse, "write true or false");

    public int Whole(string key, int current) => Read<int>(key, current, TryParseWhole, "write a whole number");

    public long Whole(string key, long current) => Read<long>(key, current, TryParseWhole, "write a whole number");

    public int? Whole(string key, int? current) => Find(key) is null ? current : Whole(key, 0);

    public double Number(string key, double current) => Read<double>(key, current, TryParseNumber, "write a number");

    public TimeSpan Span(string key, TimeSpan current)
        => Read<TimeSpan>(key, current, TryParseSpan, "write a time as hh:mm:ss, such as 00:00:20");

    public TimeSpan? Span(string key, TimeSpan? current)
        => Find(key) is null ? current : Span(key, TimeSpan.Zero);

    /// <summary>A time whose absence means something of its own, and is written as <c>never</c>.</summary>
    public TimeSpan? Limit(string key, TimeSpan? current)
        => Read<TimeSpan?>(key, current, TryParseLimit, "write a time as d.hh:mm:ss, such as 5.00:00:00, or never");

    public T Choice<T>(string key, T current)
        where T : struct, Enum
        => Read<T>(key, current, TryParseChoice, $"write one of {string.Join(", ", Enum.GetNames<T>())}");

    public T? Choice<T>(string key, T? current)
        where T : struct, Enum
        => Find(key) is null ? current : Choice<T>(key, default(T));

    public Version Version(string key, Version current)
        => Read<Version>(key, current, System.Version.TryParse!, "write a version such as 1.1");

    public void List(string key, IList<string> target)
    {
        CheckIsList(key);
        foreach (var item in configuration.GetSection(key).GetChildren())
        {
            if (item.Value is { } text)
                target.Add(text);
        }
    }

    public void Spans(string key, IList<TimeSpan> target)
    {
        CheckIsList(key);
        var items = Section(key);
        foreach (var item in configuration.GetSection(key).GetChildren())
            target.Add(items.Span(item.Key, TimeSpan.Zero));
    }

    private string? Find(string key)
    {
        _known.Add(key);
        return configuration[key];
    }

    private void CheckIsList(string key)
    {
        if (!string.IsNullOrEmpty(Find(key)))
            errors.Add($"{path}{key} is a list: write its entries as {key}:0, {key}:1 and so on.");
    }

    private T Read<T>(string key, T current, TryParse<T> tryParse, string mend)
    {
        if (Find(key) is not { } text)
            return current;
        if (tryParse(text, out var value))
            return value;

        errors.Add($"{path}{key} is '{text}': {mend}.");
        return current;
    }

    private static bool TryParseWhole(string text, out int value)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseWhole(string text, out long value)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseNumber(string text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryParseSpan(string text, out TimeSpan value)
    {
        // A bare number would count as days, which nobody means who writes "20".
        value = default;
        return text.Contains(':', StringComparison.Ordinal)
               && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseLimit(string text, out TimeSpan? value)
    {
        value = TryParseSpan(text, out var span) ? span : null;
        return value is not null || text.Equals("never", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParseChoice<T>(string text, out T value)
        where T : struct, Enum
        => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
}
