namespace Webhooks;

public sealed class ProjectTests
{
    private static readonly string[] Folders = ["src", "tests", "samples", "benchmarks"];

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("Webhooks.sln")).Replace('\\', '/');

        var missing = Folders.SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Select(Repository.NameOf)
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_package_says_what_it_is()
    {
        var readmes = Repository.Files("src", "*.csproj").Select(project => Path.Combine(Path.GetDirectoryName(project)!, "README.md"));

        var empty = readmes.Where(readme => !File.Exists(readme) || File.ReadAllLines(readme).Length < 5);

        Assert.Empty(empty);
    }

    [Fact]
    public void No_project_names_a_version()
    {
        var versions = Folders.SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(project => File.ReadLines(project).Any(line =>
                line.Contains("<PackageReference", StringComparison.Ordinal) && line.Contains("Version=", StringComparison.Ordinal)))
            .Select(Repository.NameOf);

        Assert.Empty(versions);
    }
}
