using System.Security.Cryptography;

namespace Webhooks;

/// <summary>A folder outside the repository, so that none of its settings reach what is built there.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), "webhooks-" + RandomNumberGenerator.GetHexString(12, lowercase: true))).FullName;

    public string PathOf(params string[] parts) => Path.Combine([FullName, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (IOException)
        {
            // A program that was just ended may still hold a file; the system cleans its temporary folder.
        }
    }
}
