using System.Text.Json;

namespace Webhooks.Tests.Network;

internal static class SsrfCases
{
    public static IReadOnlyList<SsrfCase> All { get; } = Load();

    public static IEnumerable<SsrfCase> Of(string kind) => All.Where(one => one.Kind == kind);

    public static SsrfCase Find(string id) => All.Single(one => one.Id == id);

    public static TheoryData<string> Ids(string kind, Func<SsrfCase, bool>? where = null) =>
        [.. Of(kind).Where(where ?? (static _ => true)).Select(static one => one.Id)];

    private static SsrfCase[] Load()
    {
        using var stream = typeof(SsrfCases).Assembly.GetManifestResourceStream("ssrf.json")!;
        using var document = JsonDocument.Parse(stream);

        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray().Select(static one => new SsrfCase(
                one.GetProperty("id").GetString()!,
                one.GetProperty("kind").GetString()!,
                one.GetProperty("expect").GetString() == "allow",
                one.GetProperty("input").Clone())),
        ];
    }
}
