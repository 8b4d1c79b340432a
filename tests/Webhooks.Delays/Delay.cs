using System.Globalization;

namespace Webhooks.Delays;

/// <summary>What the tests' programs call at each site. Which sites sleep depends on the seed alone, so that what one run
/// found another finds too, more or less.</summary>
public static class Delay
{
    public const string SeedVariable = "WEBHOOKS_DELAYS_SEED";
    public const string ShareVariable = "WEBHOOKS_DELAYS_SHARE";
    public const string LengthVariable = "WEBHOOKS_DELAYS_MILLISECONDS";

    // A site that is passed very often would only make everything slow.
    private const int MostAtSite = 40;

    // A sleeping thread is lost to the pool, and a pool that runs dry is a different test.
    private const int Threads = 200;

    private static readonly uint Seed = Read(SeedVariable, 1);
    private static readonly uint Share = Read(ShareVariable, 60);
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(Read(LengthVariable, 30));
    private static readonly int[] Passed = new int[1 << 16];

    /// <summary>To be called before the program starts.</summary>
    public static void GetReady() => ThreadPool.SetMinThreads(Threads, Threads);

    /// <summary>Sleeps, where it is one of the sites that do: three times of four, so that the order of things also
    /// changes within a run.</summary>
    public static void Here(int site)
    {
        if (Mix((uint)site ^ (Seed * 0x9E3779B1)) % 1000 >= Share)
            return;

        var passed = Interlocked.Increment(ref Passed[site & (Passed.Length - 1)]);
        if (passed <= MostAtSite && Mix((uint)(site + passed)) % 4 > 0)
            Sleep();
    }

    // Real time, and the thread blocked: to be held up is the point here.
    private static void Sleep() => Task.Delay(Length, TimeProvider.System).Wait();

    private static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7FEB352D;
        value = (value ^ (value >> 15)) * 0x846CA68B;
        return value ^ (value >> 16);
    }

    private static uint Read(string variable, uint usual)
        => uint.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value)
            ? value
            : usual;
}
