using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Webhooks;

/// <summary>Compiles blocks of C# from the documents against the library as it is.</summary>
internal static class SnippetCompiler
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly ISourceGenerator[] JsonGenerators = LoadJsonGenerators();

    /// <summary>Compiles a block, and names for it what it takes for granted.</summary>
    /// <param name="block">The block.</param>
    /// <param name="page">All blocks of the same page, whose types it may use.</param>
    public static IReadOnlyList<Diagnostic> Compile(CodeBlock block, IReadOnlyList<CodeBlock> page)
    {
        var unit = SyntaxFactory.ParseCompilationUnit(block.Code);
        var types = TypesOf(page.Where(other => other != block)).ExceptBy(NamesOf(unit), type => type.Name);
        var elsewhere = types.Concat(SnippetContext.Types.Select(pair => (Name: pair.Key, Code: pair.Value)))
            .ExceptBy(NamesOf(unit), type => type.Name)
            .DistinctBy(type => type.Name)
            .ToArray();

        var locals = new HashSet<string>();
        while (true)
        {
            var errors = Compile(unit, locals, elsewhere.Select(type => type.Code));
            var wanted = errors.Where(error => error.Id == "CS0103").Select(MissingName).ToHashSet();
            var added = SnippetContext.Locals.Where(local => wanted.Contains(local.Key)).Count(local => locals.Add(local.Key));
            if (added == 0)
                return errors;
        }
    }

    /// <summary>Compiles a block that declares types, and loads them.</summary>
    public static Assembly Load(CodeBlock block)
    {
        using var image = new MemoryStream();
        var emitted = Build(SyntaxFactory.ParseCompilationUnit(block.Code), [], []).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    private static IReadOnlyList<Diagnostic> Compile(CompilationUnitSyntax unit, HashSet<string> locals, IEnumerable<string> types) =>
        [.. Build(unit, locals, types).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    private static Compilation Build(CompilationUnitSyntax unit, HashSet<string> locals, IEnumerable<string> types)
    {
        var prelude = SnippetContext.Locals.Where(local => locals.Contains(local.Key)).Select(local => local.Value);
        var start = SyntaxFactory.ParseCompilationUnit(string.Join('\n', prelude)).Members;
        var isProgram = start.Count > 0 || unit.Members.OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [
                Parse(unit.WithMembers(unit.Members.InsertRange(0, start)).ToFullString()),
                Parse(SnippetContext.Usings),
                .. types.Select(Parse),
            ],
            References,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));

        CSharpGeneratorDriver.Create(JsonGenerators, parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        return complete;
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest));

    private static IEnumerable<(string Name, string Code)> TypesOf(IEnumerable<CodeBlock> blocks) =>
        blocks.Select(block => SyntaxFactory.ParseCompilationUnit(block.Code))
            .SelectMany(unit => unit.Members.OfType<BaseTypeDeclarationSyntax>()
                .Select(type => (type.Identifier.Text, unit.Usings.ToFullString() + type.ToFullString())));

    private static IEnumerable<string> NamesOf(CompilationUnitSyntax unit) =>
        unit.Members.OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text);

    // The compiler says: The name 'sender' does not exist in the current context.
    private static string MissingName(Diagnostic error) =>
        error.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split('\'')[1];

    private static ISourceGenerator[] LoadJsonGenerators()
    {
        var path = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "JsonGenerator").Value!;
        return [.. new AnalyzerFileReference(path, new AnalyzerLoader()).GetGenerators(LanguageNames.CSharp)];
    }

    private sealed class AnalyzerLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
