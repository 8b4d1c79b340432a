using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Webhooks;

public sealed partial class SourceFileTests
{
    private const int MaximumFileLines = 250;
    private const int MaximumMethodLines = 60;

    private static readonly SyntaxTree[] Library = [.. Parse("src")];
    private static readonly SyntaxTree[] Everything = [.. Library, .. Parse("tests"), .. Parse("samples"), .. Parse("benchmarks")];

    [Fact]
    public void Files_of_the_library_are_short()
    {
        var @long = Library.Where(tree => tree.GetText().Lines.Count > MaximumFileLines).Select(NameOf);

        Assert.Empty(@long);
    }

    [Fact]
    public void Methods_of_the_library_are_short()
    {
        var @long = Library.SelectMany(Nodes<BaseMethodDeclarationSyntax>)
            .Where(method => LinesOf(method) > MaximumMethodLines)
            .Select(Where);

        Assert.Empty(@long);
    }

    [Fact]
    public void Each_file_of_the_library_holds_one_type_of_its_own_name()
    {
        var misplaced = Library.Where(tree =>
        {
            var types = Nodes<BaseNamespaceDeclarationSyntax>(tree).SelectMany(space => space.Members).ToArray();
            var file = Path.GetFileNameWithoutExtension(tree.FilePath).Split('.', '{')[0];
            return types.Length > 1 || types.Any(type => TypeName(type) != file);
        });

        Assert.Empty(misplaced.Select(NameOf));
    }

    [Fact]
    public void No_exception_is_swallowed_without_a_word()
    {
        var silent = Everything.SelectMany(Nodes<CatchClauseSyntax>)
            .Where(clause => clause.Block.Statements.Count == 0 && !clause.DescendantTrivia().Any(IsComment))
            .Select(Where);

        Assert.Empty(silent);
    }

    [Fact]
    public void No_region_hides_code_and_no_file_leaves_nullable_checks()
    {
        var directives = Library.SelectMany(tree => tree.GetRoot().DescendantTrivia())
            .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia) || trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
            .Select(trivia => trivia.GetLocation().GetLineSpan().ToString());

        Assert.Empty(directives);
    }

    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        var marks = Everything
            .SelectMany(tree => tree.GetRoot().DescendantTrivia(descendIntoTrivia: false)
                .Where(trivia => IsComment(trivia) && LaterWords().IsMatch(trivia.ToString()))
                .Select(trivia => $"{NameOf(tree)}: {trivia}"));

        Assert.Empty(marks);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LaterWords();

    private static IEnumerable<SyntaxTree> Parse(string folder) =>
        Repository.Files(folder, "*.cs").Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path));

    private static IEnumerable<TNode> Nodes<TNode>(SyntaxTree tree)
        where TNode : SyntaxNode => tree.GetRoot().DescendantNodes().OfType<TNode>();

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
        || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
        || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia);

    private static string? TypeName(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxTree tree) => Repository.NameOf(tree.FilePath);

    private static string Where(SyntaxNode node) =>
        $"{NameOf(node.SyntaxTree)}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
