using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>The fields of a webhook that its headers carry.</summary>
internal static class HeaderFields
{
    /// <summary>Whether the headers are where to look: not where the media type says that all lies in the body.</summary>
    public static bool AreIn(HttpRequest request, MessageFields fields) =>
        fields.StructuredMediaType is not { } structured || !MediaType.Is(structured, request.ContentType);

    public static string? FindId(IHeaderDictionary headers, MessageFields fields)
    {
        var id = Find(headers, fields.IdHeader);
        return fields.IdScopeHeader is { } scope ? MessageFields.Scope(Find(headers, scope), id) : id;
    }

    public static string? Find(IHeaderDictionary headers, string? name) =>
        name is not null && headers[name] is [{ Length: > 0 } value] ? value : null;
}
