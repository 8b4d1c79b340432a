using System.Globalization;
using System.Text;

namespace Webhooks;

/// <summary>
/// Tells whether a host with characters beyond ASCII is what it looks like: letters, digits and marks that
/// normalisation (NFKC) leaves as they are. What the platform can normalise depends on how the application was built
/// (invariant globalization, no ICU), so the decision is made from a table of our own, and comes out the same
/// everywhere but for two things that are refused where the platform cannot tell: combining marks, and labels of mixed
/// direction.
/// </summary>
internal static class InternationalName
{
    // Permitted by IDNA although they are no letters: middle dots, Greek keraia, Hebrew geresh, ideographic zero.
    private const string OtherPermitted = "\u00B7\u0375\u05F3\u05F4\u3007\u30FB";

    private static readonly bool PlatformNormalizes = !"\uFF41".IsNormalized(NormalizationForm.FormKC);

    /// <summary>Judges a host as it was written.</summary>
    public static bool IsStable(string host)
    {
        var hasMarks = false;
        foreach (var rune in host.EnumerateRunes())
        {
            if (rune.IsAscii)
                continue;

            // Beyond the basic plane only ideographs: Unicode still adds letters there that fold to ASCII.
            if (!IsRegistrable(rune) || (!rune.IsBmp && !IsIdeograph(rune)))
                return false;
            hasMarks |= IsMark(Rune.GetUnicodeCategory(rune));
        }

        return !hasMarks || (PlatformNormalizes && host.IsNormalized(NormalizationForm.FormKC));
    }

    /// <summary>
    /// Judges what stands after <c>xn--</c>: it must decode, and to something that can be registered.
    /// </summary>
    public static bool IsStableAscii(ReadOnlySpan<char> encoded)
    {
        Span<int> decoded = stackalloc int[Punycode.MaxLength];
        if (!Punycode.TryDecode(encoded, decoded, out var count))
            return false;

        var isInternational = false;
        foreach (var codePoint in decoded[..count])
        {
            if (codePoint < 0x80)
                continue;
            if (!Rune.TryCreate(codePoint, out var rune) || !(IsRegistrable(rune) || IsPictograph(rune)))
                return false;
            isInternational = true;
        }

        return isInternational;
    }

    private static bool IsRegistrable(Rune rune)
    {
        if (rune.IsBmp && OtherPermitted.Contains((char)rune.Value, StringComparison.Ordinal))
            return true;

        var category = Rune.GetUnicodeCategory(rune);
        return (category <= UnicodeCategory.OtherLetter || category == UnicodeCategory.DecimalDigitNumber
            || IsMark(category)) && !UnstableCharacters.Contains(rune.Value);
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsIdeograph(Rune rune) => rune.Plane is 2 or 3;

    // Registries under several top-level domains sell these, and they go out as xn--…, so nothing folds them.
    private static bool IsPictograph(Rune rune) =>
        rune.Value is (>= 0x2600 and <= 0x2775) or (>= 0x1F300 and <= 0x1FAFF);
}
