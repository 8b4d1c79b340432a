using System.IO.Compression;
using System.Reflection.Metadata;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Webhooks;

/// <summary>A package file, opened.</summary>
internal sealed class Package(string path) : IDisposable
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    public IEnumerable<string> Files => _archive.Entries.Select(entry => entry.FullName);

    public XElement Metadata
    {
        get
        {
            var manifest = XDocument.Parse(ReadText(Files.Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal))));
            return manifest.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        }
    }

    /// <summary>The files that say something: all but the container's own, whose names and times are made anew.</summary>
    public Dictionary<string, string> Hashes => _archive.Entries
        .Where(entry => !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal) && !entry.FullName.EndsWith(".psmdcp", StringComparison.Ordinal))
        .ToDictionary(entry => entry.FullName, entry => Convert.ToHexString(SHA256.HashData(Read(entry.FullName))));

    public string? Field(string name) => Find(name)?.Value;

    public XElement? Find(string name) => Metadata.Descendants().FirstOrDefault(element => element.Name.LocalName == name);

    public IEnumerable<string> Dependencies() => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .Select(element => element.Attribute("id")!.Value);

    public IEnumerable<string> FrameworkReferences() => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "frameworkReference")
        .Select(element => element.Attribute("name")!.Value);

    public byte[] Read(string file)
    {
        using var content = _archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    public string ReadText(string file) => Encoding.UTF8.GetString(Read(file)).TrimStart('\uFEFF');

    /// <summary>What a debugger reads: the names of the source files, and where to get them.</summary>
    public (string[] Documents, string SourceLink) ReadSymbols(string file)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(file)));
        var reader = provider.GetMetadataReader();
        var documents = reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)).ToArray();
        var sourceLink = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLinkKind);
        return (documents, Encoding.UTF8.GetString(reader.GetBlobBytes(sourceLink.Value)));
    }

    public void Dispose() => _archive.Dispose();
}
