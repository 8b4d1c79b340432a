using System.Collections.Concurrent;
using System.Text.Json;

namespace Webhooks.Vectors;

/// <summary>The vectors of one file.</summary>
public static class VectorSuite
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, SignatureVector>> Suites = new();

    /// <summary>The files that hold signed requests, as they lie there.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "vectors"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => Read(name).TryGetProperty("vectors", out _))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyDictionary<string, SignatureVector> Load(string suite) => Suites.GetOrAdd(suite, static name =>
        Read(name).GetProperty("vectors").EnumerateArray()
            .Select(vector => new SignatureVector(vector))
            .ToDictionary(vector => vector.Id));

    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", name + ".json"))).RootElement;
}
