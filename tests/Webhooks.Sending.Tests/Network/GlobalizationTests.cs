using System.Diagnostics;

namespace Webhooks.Tests.Network;

/// <summary>
/// Applications are built with and without the platform's globalization data, and it decides how host names are folded.
/// The tests run in one way; this runs those about URLs in the other way as well.
/// </summary>
public class GlobalizationTests
{
    [Fact]
    public async Task Urls_are_judged_alike_with_and_without_globalization_data()
    {
        var program = typeof(GlobalizationTests).Assembly.Location;
        var config = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.runtimeconfig.json");
        try
        {
            var own = await ReadAsync(Path.ChangeExtension(program, ".runtimeconfig.json"));
            var flipped = own.Replace("Invariant\": true", "Invariant\": false", StringComparison.Ordinal);
            Assert.NotEqual(own, flipped);
            await File.WriteAllTextAsync(config, flipped, TestContext.Current.CancellationToken);

            var (exitCode, output) = await RunAsync(
                "exec", "--runtimeconfig", config, "--depsfile", Path.ChangeExtension(program, ".deps.json"), program,
                "--filter-class", typeof(SsrfUrlTests).FullName!,
                "--filter-class", typeof(UrlJudgementTests).FullName!);

            Assert.SkipWhen(output.Contains("valid ICU package", StringComparison.Ordinal), "This machine has no ICU.");
            Assert.True(exitCode == 0, output);
            Assert.Contains("succeeded: ", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(config);
        }
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfTestRunner).ToArray())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        return (process.ExitCode, output);
    }

    private static bool IsOfTestRunner(string name) => name.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal);
}
