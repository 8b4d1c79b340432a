using System.Runtime.CompilerServices;

namespace Webhooks;

internal static class PageLimit
{
    public const int Default = 100;
    private const int Max = 1000;

    public static int Check(int value, [CallerMemberName] string? name = null) => value is >= 1 and <= Max
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"A page has 1 to {Max} entries.");
}
