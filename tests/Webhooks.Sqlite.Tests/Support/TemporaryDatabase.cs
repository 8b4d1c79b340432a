using System.Security.Cryptography;

namespace Webhooks.Tests;

/// <summary>A folder for one test's database, deleted afterwards.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    public TemporaryDatabase() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"webhooks-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");

    public string Path => System.IO.Path.Combine(Folder, "webhooks.db");

    public string ConnectionString => $"Data Source={Path}";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
