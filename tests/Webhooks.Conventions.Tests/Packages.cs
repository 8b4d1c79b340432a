using System.Reflection;

namespace Webhooks;

/// <summary>The packages that have code.</summary>
internal static class Packages
{
    public static IReadOnlyList<Assembly> All { get; } =
    [
        Assembly.Load("Webhooks.Signing"),
        Assembly.Load("Webhooks.Ed25519"),
        Assembly.Load("Webhooks.Sending"),
        Assembly.Load("Webhooks.Sqlite"),
        Assembly.Load("Webhooks.PostgreSql"),
        Assembly.Load("Webhooks.AspNetCore"),
        Assembly.Load("Webhooks.OpenApi"),
    ];

    public static TheoryData<string> Names { get; } = [.. All.Select(NameOf)];

    public static IEnumerable<Type> PublicTypes => All.SelectMany(assembly => assembly.GetExportedTypes());

    public static Assembly Find(string name) => All.Single(assembly => NameOf(assembly) == name);

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;
}
