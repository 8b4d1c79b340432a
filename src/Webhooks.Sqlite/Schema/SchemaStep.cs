using System.Globalization;

namespace Webhooks;

/// <summary>What leads from the schema's version before to this one.</summary>
/// <param name="Version">The version, from 1.</param>
/// <param name="Sql">The statements, apart from the one that notes the version.</param>
internal sealed record SchemaStep(int Version, string Sql)
{
    /// <summary>All statements.</summary>
    public string Script => string.Create(
        CultureInfo.InvariantCulture, $"{Sql}\nUPDATE webhook_meta SET schema_version = {Version};\n");

    /// <summary>Reads <c>Schema/001.sql</c> and so on, which are resources of the assembly.</summary>
    public static SchemaStep Load(int version)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Webhooks.Schema.{version:000}.sql");
        using var stream = typeof(SchemaStep).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return new SchemaStep(version, reader.ReadToEnd());
    }
}
