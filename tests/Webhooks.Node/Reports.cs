using System.Text;

namespace Webhooks.Node;

/// <summary>
/// Lines to the test. Each is one write to a pipe, which is whole or not there at all: a killed node leaves no half
/// lines, and what was written stays when the writer dies.
/// </summary>
internal sealed class Reports
{
    private const int LongestWholeWrite = 4096;

    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Lock _lock = new();

    public void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n");
        if (bytes.Length > LongestWholeWrite)
            throw new ArgumentException("A line of more than 4096 bytes can be torn.", nameof(line));

        lock (_lock)
            _output.Write(bytes);
    }
}
