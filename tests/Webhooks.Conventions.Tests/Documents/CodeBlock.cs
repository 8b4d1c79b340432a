namespace Webhooks;

/// <summary>A fenced block of C# in a Markdown file.</summary>
internal sealed record CodeBlock(string File, int Line, string Code)
{
    private const string Fence = "```";

    public static IReadOnlyList<CodeBlock> ReadAll(string path)
    {
        var blocks = new List<CodeBlock>();
        var lines = System.IO.File.ReadAllLines(path);
        for (var line = 0; line < lines.Length; line++)
        {
            if (!lines[line].StartsWith(Fence, StringComparison.Ordinal))
                continue;

            var language = lines[line][Fence.Length..].Trim();
            var start = line + 1;
            line = Array.FindIndex(lines, start, text => text.StartsWith(Fence, StringComparison.Ordinal));
            if (line < 0)
                throw new InvalidDataException($"{Repository.NameOf(path)}: the block in line {start} has no end.");
            if (language is "csharp" or "cs")
                blocks.Add(new CodeBlock(Repository.NameOf(path), start, string.Join('\n', lines[start..line])));
        }

        return blocks;
    }

    public override string ToString() => $"{File}:{Line}";
}
