using System.Net.Http.Headers;

namespace Webhooks;

internal static class ContentTypeRules
{
    public const string Json = "application/json";

    private const int MaxLength = 256;

    public static string Check(string contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        if (ReferenceEquals(contentType, Json))
            return contentType;

        return contentType.Length is > 0 and <= MaxLength
               && HeaderRules.IsFieldValue(contentType)
               && MediaTypeHeaderValue.TryParse(contentType, out _)
            ? contentType
            : throw new ArgumentException(
                "The content type isn't a media type: use one such as 'application/json'.", nameof(contentType));
    }
}
