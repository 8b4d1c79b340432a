using System.Text;

namespace Webhooks;

/// <summary>Finds one member of a field that is a dictionary, written in the one way that serialising it has
/// (RFC 9421, section 2.1.2).</summary>
internal static class FieldMember
{
    private const int MaximumMembers = 64;

    public static VerificationOutcome TryFind(string field, string key, out string value)
    {
        value = "";
        var reader = new StructuredFieldReader(field);
        var found = VerificationOutcome.MissingHeader;
        for (var members = 0; !reader.IsAtEnd; members++)
        {
            if (members == MaximumMembers || !reader.TryReadMember(out var name, out var hasValue))
                return VerificationOutcome.MalformedHeader;

            var isAsked = name.SequenceEqual(key);
            if (!TrySerialize(ref reader, hasValue, out var member))
                return VerificationOutcome.MalformedHeader;
            if (!isAsked)
                continue;
            if (found == VerificationOutcome.Verified)
                return VerificationOutcome.DuplicateHeader;

            (found, value) = (VerificationOutcome.Verified, member);
        }

        return found;
    }

    private static bool TrySerialize(ref StructuredFieldReader reader, bool hasValue, out string member)
    {
        member = "";
        var output = new StringBuilder();
        var item = StructuredFieldItem.True;
        if (hasValue && reader.TryTake('('))
        {
            if (!TryCopyItems(ref reader, output))
                return false;
        }
        else if (hasValue && !reader.TryReadItem(out item))
        {
            return false;
        }
        else
        {
            item.WriteTo(output);
        }

        var valid = TryCopyParameters(ref reader, output);
        member = output.ToString();
        return valid;
    }

    private static bool TryCopyItems(ref StructuredFieldReader reader, StringBuilder output)
    {
        output.Append('(');
        reader.SkipSpaces();
        while (!reader.TryTake(')'))
        {
            if (output.Length > 1)
                output.Append(' ');
            if (!reader.TryReadItem(out var item))
                return false;

            item.WriteTo(output);
            if (!TryCopyParameters(ref reader, output))
                return false;
            if (!reader.SkipSpaces() && !reader.IsNext(')'))
                return false;
        }

        output.Append(')');
        return true;
    }

    private static bool TryCopyParameters(ref StructuredFieldReader reader, StringBuilder output)
    {
        while (reader.IsNext(';'))
        {
            if (!reader.TryReadParameter(out var key, out var value))
                return false;

            output.Append(';').Append(key);
            if (value.Kind != StructuredFieldKind.Boolean || value.Integer == 0)
            {
                output.Append('=');
                value.WriteTo(output);
            }
        }

        return true;
    }
}
