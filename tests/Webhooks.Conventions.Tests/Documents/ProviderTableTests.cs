using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>The table in docs/providers.md is the list of providers, and says what they are known by.</summary>
public sealed partial class ProviderTableTests
{
    [Fact]
    public void The_table_names_exactly_the_providers_that_there_are()
    {
        var there = typeof(WebhookProviders).GetProperties()
            .Where(property => property.PropertyType == typeof(WebhookProvider))
            .Select(property => (property.Name, Provider: (WebhookProvider)property.GetValue(null)!))
            .Select(one => $"{one.Provider.DisplayName} | {one.Name} | {one.Provider.Name} | {KnownBy(one.Provider)}");

        var documented = Row().Matches(File.ReadAllText(Repository.PathOf("docs/providers.md"))).Select(row => string.Join(
            " | ", row.Groups["sender"], row.Groups["property"], row.Groups["name"], row.Groups["known"]));

        Assert.Equal(there.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_of_all_providers_has_every_one()
    {
        var there = typeof(WebhookProviders).GetProperties()
            .Where(property => property.PropertyType == typeof(WebhookProvider))
            .Select(property => ((WebhookProvider)property.GetValue(null)!).Name);

        Assert.Equal(there.Order(StringComparer.Ordinal), WebhookProviders.All.Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    private static string KnownBy(WebhookProvider provider)
    {
        var scheme = provider.Scheme ?? Ed25519SignatureSchemes.All.Single(scheme => scheme.Name == provider.SchemeName);
        var fields = provider.Fields ?? scheme.Fields;
        var hasId = fields.IdHeader is not null || fields.IdProperty is not null;
        var isSigned = scheme.SignsId || scheme.ShowsSecret
            || (scheme is LayoutSignatureScheme && fields is { IdHeader: null, IdProperty: not null });
        return hasId && isSigned ? "id" : "content";
    }

    [GeneratedRegex(
        @"^\| (?<sender>[^|]+) \| `WebhookProviders\.(?<property>\w+)`, `(?<name>[a-z0-9-]+)` \| [^|]+ \| (?<known>\w+) \|",
        RegexOptions.Multiline)]
    private static partial Regex Row();
}
