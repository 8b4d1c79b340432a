using System.Globalization;
using System.Numerics;

namespace Webhooks.Fuzzing;

/// <summary>Retry-After: bounded whatever it says, and what the platform's own header parser reads of it.</summary>
public sealed class RetryAfterTarget() : FuzzTarget("retry-after")
{
    private static readonly TimeSpan Max = TimeSpan.FromHours(24);

    public override IEnumerable<byte[]> Seeds =>
    [
        "120"u8.ToArray(), "000000000000000000000000060"u8.ToArray(), "99999999999999999999999"u8.ToArray(),
        "Wed, 04 Mar 2026 05:16:07 GMT"u8.ToArray(), "Wednesday, 04-Mar-26 05:16:07 GMT"u8.ToArray(),
        "Wed Mar  4 05:16:07 2026"u8.ToArray(), "-1"u8.ToArray(), "1.5"u8.ToArray(), " 3\t"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var text = InputText.Of(input);
        var wait = RetryAfter.Parse(text, The.Now, Max);
        Law.Holds(wait is null || (wait >= TimeSpan.Zero && wait <= Max), $"'{text}' says {wait}");

        var trimmed = text.Trim(' ', '\t');
        if (trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit))
        {
            var seconds = BigInteger.Parse(trimmed, CultureInfo.InvariantCulture);
            var expected = seconds >= (BigInteger)Max.TotalSeconds ? Max : TimeSpan.FromSeconds((long)seconds);
            Law.AreEqual(expected, wait, $"'{text}' in seconds");
        }
        else if (trimmed.Length == 0 || char.IsAsciiDigit(trimmed[0]))
        {
            Law.AreEqual(null, wait, $"'{text}' is nothing to trust");
        }
    }
}
