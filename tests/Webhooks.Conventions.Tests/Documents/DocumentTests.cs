using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>The documents tell the truth: their code compiles against the library, and their links lead somewhere.</summary>
public sealed partial class DocumentTests
{
    private const int MaximumReadmeLines = 150;

    public static TheoryData<string> Documents { get; } =
    [
        .. new[] { ".", "docs", "src" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Repository.PathOf(folder), "*.md", folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Select(Repository.NameOf)
            .Where(name => !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_in_a_document_compiles(string document)
    {
        var page = CodeBlock.ReadAll(Repository.PathOf(document));

        var errors = page.SelectMany(block => SnippetCompiler.Compile(block, page).Select(error => $"{block}: {error}")).ToArray();

        Assert.True(errors.Length == 0, string.Join('\n', errors));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_in_a_document_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;

        var broken = Link().Matches(File.ReadAllText(Repository.PathOf(document)))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));

        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_has_code_and_stays_short()
    {
        var readme = Repository.PathOf("README.md");

        Assert.InRange(File.ReadAllLines(readme).Length, 30, MaximumReadmeLines);
        Assert.True(CodeBlock.ReadAll(readme).Count >= 2);
    }

    [Theory]
    [InlineData("var x = NoSuchThing.Make();")]
    [InlineData("builder.Services.AddWebhookSender(options => options.NoSuchOption = true);")]
    public void Code_that_does_not_compile_is_found(string code)
    {
        var block = new CodeBlock("a test", 1, code);

        Assert.NotEmpty(SnippetCompiler.Compile(block, [block]));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
