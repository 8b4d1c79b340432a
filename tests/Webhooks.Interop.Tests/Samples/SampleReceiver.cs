using System.Globalization;

namespace Webhooks;

/// <summary>samples/Receiver, running, with sources from configuration.</summary>
internal sealed class SampleReceiver : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private SampleReceiver(RunningProgram program, Uri address) => (_program, Address) = (program, address);

    public Uri Address { get; }

    public string Output => _program.Output;

    /// <summary>Starts it with settings of <c>Webhooks:Sources</c>, each named from the source on
    /// (<c>shop:Provider</c>).</summary>
    public static async Task<SampleReceiver> StartAsync(IEnumerable<(string Name, string Value)> settings)
    {
        var program = StartProgram(settings);
        var line = await program.WaitForLineAsync(" is open to signed webhooks");
        return new SampleReceiver(program, new Uri(new Uri(line.Split(' ')[1]), "/"));
    }

    /// <summary>Starts it without waiting until it listens.</summary>
    public static RunningProgram StartProgram(IEnumerable<(string Name, string Value)> settings) => SampleProgram.Start(
        "Receiver",
        ["--urls", "http://127.0.0.1:0"],
        settings.ToDictionary(
            setting => $"Webhooks__Sources__{setting.Name.Replace(":", "__", StringComparison.Ordinal)}",
            setting => (string?)setting.Value));

    /// <summary>The settings of a source that knows its secrets.</summary>
    public static IEnumerable<(string Name, string Value)> Source(string name, string kind, string value, params string[] secrets) =>
    [
        ($"{name}:{kind}", value),
        .. secrets.Select((secret, index) => (string.Create(CultureInfo.InvariantCulture, $"{name}:Secrets:{index}"), secret)),
    ];

    public Uri UrlOf(string source) => new(Address, $"/hooks/{source}");

    /// <summary>Waits for the line that tells of a webhook.</summary>
    public Task<string> WaitForAsync(string text) => _program.WaitForLineAsync(text);

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
