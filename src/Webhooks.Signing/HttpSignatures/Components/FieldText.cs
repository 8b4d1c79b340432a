using System.Buffers;

namespace Webhooks;

/// <summary>What a field's value may hold to be part of a signature base.</summary>
internal static class FieldText
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\t']);

    /// <summary>Whether a value is printable ASCII and tabs. Anything else reaches an application in as many ways as
    /// there are servers, so that nobody can say which bytes were signed.</summary>
    public static bool IsPlain(ReadOnlySpan<char> value) => !value.ContainsAnyExcept(Allowed);
}
