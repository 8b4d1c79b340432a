using System.Globalization;
using System.Text.Json;

namespace Webhooks;

/// <summary>Says where a payload is wrong without repeating any of it.</summary>
internal static class PayloadFault
{
    /// <summary>The exception's own message may quote the payload, and its path may have names out of it.</summary>
    public static string Describe(JsonException exception) => exception.LineNumber is null
        ? "The payload isn't what the handler expects."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The payload isn't what the handler expects, at line {exception.LineNumber + 1}, byte "
            + $"{exception.BytePositionInLine + 1}.");
}
