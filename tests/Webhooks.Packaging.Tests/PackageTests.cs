namespace Webhooks;

public sealed class PackageTests(PackedRepository packed)
{
    private const string Home = "https://github.com/webhooks-dotnet/webhooks";
    private const string FrontDoor = "Webhooks";

    public static TheoryData<string> All { get; } = [.. PackedRepository.Names];

    public static TheoryData<string> WithCode { get; } = [.. PackedRepository.Names.Where(name => name != FrontDoor)];

    [Fact]
    public void Packing_warns_of_nothing()
    {
        Assert.DoesNotContain("warning", packed.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is_and_where_it_comes_from(string name)
    {
        using var package = packed.Open(name);

        Assert.Equal(name, package.Field("id"));
        Assert.Equal(packed.Version, package.Field("version"));
        Assert.Equal("MIT", package.Field("license"));
        Assert.Equal("expression", package.Find("license")!.Attribute("type")!.Value);
        Assert.Equal(Home, package.Field("projectUrl"));
        Assert.Equal(Home, package.Find("repository")!.Attribute("url")!.Value);
        Assert.Equal(packed.Commit, package.Find("repository")!.Attribute("commit")!.Value);
        Assert.NotEmpty(package.Field("tags")!);
        Assert.True(package.Field("description")!.Length > 50);
        Assert.Equal("README.md", package.Field("readme"));
        Assert.StartsWith($"# {name}\n", package.ReadText("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithCode))]
    public void A_package_has_its_assembly_and_its_documentation(string name)
    {
        using var package = packed.Open(name);

        Assert.Equal(
            [$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"],
            package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("<member name=\"T:Webhooks.", package.ReadText($"lib/net10.0/{name}.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithCode))]
    public void Its_symbols_lead_to_the_source_and_not_to_the_machine_it_was_built_on(string name)
    {
        using var symbols = packed.Open(name, extension: "snupkg");

        var (documents, sourceLink) = symbols.ReadSymbols($"lib/net10.0/{name}.pdb");

        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_", document, StringComparison.Ordinal));
        Assert.Contains($"/{packed.Commit}/", sourceLink, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Packing_it_twice_gives_the_same_bytes(string name)
    {
        using var once = packed.Open(name);
        using var again = packed.Open(name, again: true);

        Assert.Equal(once.Hashes, again.Hashes);
    }

    [Fact]
    public void The_signing_package_depends_on_nothing()
    {
        using var package = packed.Open("Webhooks.Signing");

        Assert.Empty(package.Dependencies());
        Assert.Empty(package.FrameworkReferences());
    }

    [Theory]
    [InlineData("Webhooks.AspNetCore", "Webhooks.Sending", "Webhooks.Signing")]
    [InlineData("Webhooks.Ed25519", "Webhooks.Signing", "NSec.Cryptography")]
    [InlineData("Webhooks.OpenApi", "Webhooks.AspNetCore", "Microsoft.AspNetCore.OpenApi")]
    [InlineData(
        "Webhooks.Sending",
        "Webhooks.Signing",
        "Microsoft.AspNetCore.DataProtection.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Http",
        "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Options.ConfigurationExtensions",
        "System.Threading.RateLimiting")]
    [InlineData("Webhooks.Sqlite", "Webhooks.Sending", "Microsoft.Data.Sqlite")]
    [InlineData("Webhooks.PostgreSql", "Webhooks.Sending", "Npgsql")]
    [InlineData(FrontDoor, "Webhooks.AspNetCore", "Webhooks.Sending")]
    public void A_package_depends_on_no_more_than_it_should(string name, params string[] dependencies)
    {
        using var package = packed.Open(name);

        Assert.Equal(dependencies.Order(StringComparer.Ordinal), package.Dependencies().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_receiving_side_needs_the_web_framework()
    {
        using var receiving = packed.Open("Webhooks.AspNetCore");
        using var sending = packed.Open("Webhooks.Sending");

        Assert.Equal(["Microsoft.AspNetCore.App"], receiving.FrameworkReferences());
        Assert.Empty(sending.FrameworkReferences());
    }

    [Fact]
    public void The_front_door_has_no_code_of_its_own()
    {
        using var package = packed.Open(FrontDoor);

        Assert.Equal(["lib/net10.0/_._"], package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)));
    }
}
