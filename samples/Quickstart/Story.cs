namespace Quickstart;

/// <summary>Tells what happens, and remembers whether it happened as told.</summary>
internal sealed class Story(TextWriter output)
{
    private int _chapters;

    public bool HappenedAsTold { get; private set; } = true;

    public void Chapter(string title) => output.WriteLine($"\n{++_chapters}. {title}");

    public void Tell(string who, string what) => output.WriteLine($"   {who,-9}{what}");

    public void Expect(bool condition, string what)
    {
        HappenedAsTold &= condition;
        Tell(condition ? "ok" : "NOT SO", what);
    }
}
