using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Webhooks.Fuzzing;

/// <summary>Where instrumented code counts its branches.</summary>
internal static class CoverageMap
{
    private const int Size = 65_536;

    /// <summary>Gives instrumented code a map of its own for as long as the guided fuzzer has given it none: the targets
    /// run it when they are made.</summary>
    public static unsafe void Prepare() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);
}
