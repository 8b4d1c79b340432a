using Webhooks;

namespace Quickstart;

/// <summary>Tells what happens, and remembers whether it happened as told.</summary>
internal sealed class Story(TextWriter output)
{
    private int _chapters;

    public bool HappenedAsTold { get; private set; } = true;

    public void Chapter(string title) => output.WriteLine($"\n{++_chapters}. {title}");

    public void Tell(string who, string what) => output.WriteLine($"   {who,-9}{what}");

    public void Attempts(WebhookSendResult result)
    {
        foreach (var attempt in result.Attempts)
            Tell("sender", $"attempt {attempt.Number}: {attempt.StatusCode?.ToString() ?? attempt.Error.ToString()}, {attempt.Duration.TotalMilliseconds:0} ms");
    }

    public void Expect(bool condition, string what)
    {
        HappenedAsTold &= condition;
        Tell(condition ? "ok" : "NOT SO", what);
    }
}
