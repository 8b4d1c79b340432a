namespace Webhooks.Fuzzing;

/// <summary>
/// A parser of what strangers send, with the laws that hold for it on any input. An input is a file: text where that can
/// be, so that a corpus can be read.
/// </summary>
public abstract class FuzzTarget(string name)
{
    private const int AllocationBase = 16 * 1024 * 1024;
    private const int AllocationPerByte = 4096;

    /// <summary>The longest input worth trying: parsers cut off far below, and longer ones only cost time.</summary>
    public const int MaximumInput = 16 * 1024;

    public string Name { get; } = name;

    /// <summary>Inputs that reach far into the parser; the guided fuzzer starts with them.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Parses an input and checks the laws.</summary>
    /// <exception cref="LawBrokenException">One is broken.</exception>
    /// <exception cref="Exception">The parser let out what it must not: that is a fault as well.</exception>
    public void Try(byte[] input)
    {
        if (input.Length > MaximumInput)
            return;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Check(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Generous, since what the laws are checked against allocates too: it is growth by the square that must not be.
        Law.Holds(
            allocated <= AllocationBase + ((long)input.Length * AllocationPerByte),
            $"{input.Length} bytes of input made {allocated} bytes of garbage");
    }

    protected abstract void Check(byte[] input);
}
