using PublicApiGenerator;

namespace Webhooks;

/// <summary>
/// What is public is a promise: each package's public API is kept as text beside this file, so that a change of it is
/// seen in review.
/// </summary>
public sealed class ApiSnapshotTests
{
    private const string Accept = "ACCEPT_API";

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void The_public_api_is_the_approved_one(string package)
    {
        var approvedPath = Repository.PathOf("tests", "Webhooks.Conventions.Tests", "Api", $"{package}.txt");
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };

        var actual = Packages.Find(package).GeneratePublicApi(options).ReplaceLineEndings("\n").Trim() + "\n";

        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(approvedPath, actual);
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        Assert.True(approved == actual, Explain(package, approved, actual));
    }

    private static string Explain(string package, string approved, string actual)
    {
        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        var changes = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}"));
        return $"""
            The public API of {package} is not the approved one. If you meant to change it, note the change in
            CHANGELOG.md, run

                {Accept}=1 dotnet test --project tests/Webhooks.Conventions.Tests

            and commit tests/Webhooks.Conventions.Tests/Api/{package}.txt. What changed:

            {string.Join('\n', changes.Take(60))}
            """;
    }
}
