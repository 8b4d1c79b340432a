using System.Runtime.InteropServices;

namespace Webhooks.Node;

/// <summary>Has the kernel kill this process when the test that started it dies, even while it is stopped.</summary>
internal static partial class ParentDeath
{
    private const int SetParentDeathSignal = 1;
    private const nuint Kill = 9;

    public static void Follow(int parent)
    {
        if (parent == 0)
            return;

        _ = Control(SetParentDeathSignal, Kill, 0, 0, 0);

        // It may have died before the line above.
        if (ParentId() != parent)
            Environment.FailFast("The test that started this node has ended.");
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
