using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Webhooks.Delays;

/// <summary>
/// Writes calls of <see cref="Delay.Here"/> into assemblies: after each await, before its result is taken, and at the start
/// of each other method that is more than a few instructions long.
/// </summary>
internal sealed class Weaver(TextWriter sites)
{
    private const int FewInstructions = 8;

    public int Sites { get; private set; }

    public void Weave(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (var folder in FoldersFor(path))
            resolver.AddSearchDirectory(folder);
        using var module = ModuleDefinition.ReadModule(path, new ReaderParameters
        {
            AssemblyResolver = resolver,
            InMemory = true,
            ReadSymbols = File.Exists(Path.ChangeExtension(path, "pdb")),
        });
        var here = module.ImportReference(typeof(Delay).GetMethod(nameof(Delay.Here)));
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(IsWorthIt))
            Weave(method, here);
        module.Write(path, new WriterParameters { WriteSymbols = module.HasSymbols });
    }

    private void Weave(MethodDefinition method, MethodReference here)
    {
        method.Body.SimplifyMacros();
        var writer = method.Body.GetILProcessor();
        var index = 0;
        foreach (var instruction in PlacesIn(method).ToArray())
        {
            // The same for the same place in the next build, where nothing before it in the method changed.
            var site = Hash($"{method.FullName}#{index++}");
            writer.InsertBefore(instruction, writer.Create(OpCodes.Ldc_I4, site));
            writer.InsertBefore(instruction, writer.Create(OpCodes.Call, here));
            sites.WriteLine($"{site}\t{method.FullName}");
            Sites++;
        }

        method.Body.OptimizeMacros();
    }

    private static bool IsWorthIt(MethodDefinition method)
        => method is { HasBody: true, IsConstructor: false, IsGetter: false, IsSetter: false }
            && method.Name != "Finalize" && method.Body.Instructions.Count >= FewInstructions;

    // A state machine starts in the method that makes it; what counts is where it goes on.
    private static IEnumerable<Instruction> PlacesIn(MethodDefinition method)
    {
        if (method.Name == "MoveNext")
            return method.Body.Instructions.Where(TakesResult);

        var isAsync = method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute");
        return isAsync ? [] : [method.Body.Instructions[0]];
    }

    private static bool TakesResult(Instruction instruction)
        => instruction.Operand is MethodReference { Name: "GetResult" } called
            && called.DeclaringType.FullName.Contains("Awaiter", StringComparison.Ordinal);

    private static string[] FoldersFor(string path)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var frameworks = Path.GetDirectoryName(Path.GetDirectoryName(runtime))!;
        return
        [
            Path.GetDirectoryName(path)!,
            runtime,
            Path.Combine(frameworks, "Microsoft.AspNetCore.App", Path.GetFileName(runtime)),
        ];
    }

    private static int Hash(string text)
        => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
