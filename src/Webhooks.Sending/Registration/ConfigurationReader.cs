using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>
/// Reads typed values without reflection. A value that can't be read is an error that names its key and what to write;
/// all of them come up together when the options are checked.
/// </summary>
internal sealed class ConfigurationReader(IConfiguration configuration, string path, List<string> errors)
{
    private delegate bool TryParse<T>(string text, out T value);

    public ConfigurationReader Section(string key) => new(configuration.GetSection(key), $"{path}{key}.", errors);

    public string Text(string key, string current) => configuration[key] ?? current;

    public bool Flag(string key, bool current) => Read(key, current, bool.TryParse, "write true or false");

    public int Whole(string key, int current) => Read<int>(key, current, TryParseWhole, "write a whole number");

    public int? Whole(string key, int? current) => configuration[key] is null ? current : Whole(key, 0);

    public double Number(string key, double current) => Read<double>(key, current, TryParseNumber, "write a number");

    public TimeSpan Span(string key, TimeSpan current)
        => Read<TimeSpan>(key, current, TryParseSpan, "write a time as hh:mm:ss, such as 00:00:20");

    public TimeSpan? Span(string key, TimeSpan? current)
        => configuration[key] is null ? current : Span(key, TimeSpan.Zero);

    public T Choice<T>(string key, T current)
        where T : struct, Enum
        => Read<T>(key, current, TryParseChoice, $"write one of {string.Join(", ", Enum.GetNames<T>())}");

    public T? Choice<T>(string key, T? current)
        where T : struct, Enum
        => configuration[key] is null ? current : Choice<T>(key, default(T));

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

    private void CheckIsList(string key)
    {
        if (!string.IsNullOrEmpty(configuration[key]))
            errors.Add($"{path}{key} is a list: write its entries as {key}:0, {key}:1 and so on.");
    }

    private T Read<T>(string key, T current, TryParse<T> tryParse, string mend)
    {
        if (configuration[key] is not { } text)
            return current;
        if (tryParse(text, out var value))
            return value;

        errors.Add($"{path}{key} is '{text}': {mend}.");
        return current;
    }

    private static bool TryParseWhole(string text, out int value)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseNumber(string text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryParseSpan(string text, out TimeSpan value)
    {
        // A bare number would count as days, which nobody means who writes "20".
        value = default;
        return text.Contains(':', StringComparison.Ordinal)
               && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseChoice<T>(string text, out T value)
        where T : struct, Enum
        => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
}
