using System.Runtime.InteropServices;

namespace Webhooks;

/// <summary>Publishes tests/Webhooks.Aot with Native AOT and runs it.</summary>
public sealed class NativeApplicationTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_native_application_signs_sends_receives_verifies_and_handles()
    {
        var native = Repository.IsCI || HasLinker();
        if (!native)
            output.WriteLine("There is no clang to link with, so the application is trimmed and not compiled ahead of time.");
        string[] kind = native ? [] : ["-p:PublishAot=false", "-p:PublishTrimmed=true", "--self-contained"];

        var log = await RunningProgram.RunAsync(
            "dotnet",
            [
                "publish", Repository.PathOf("tests", "Webhooks.Aot"), "--configuration", "Release",
                "--runtime", RuntimeInformation.RuntimeIdentifier, "--artifacts-path", _folder.PathOf("artifacts"),
                "--output", _folder.PathOf("published"), .. kind,
            ]);
        var story = await RunningProgram.RunAsync(_folder.PathOf("published", OperatingSystem.IsWindows() ? "Webhooks.Aot.exe" : "Webhooks.Aot"), [], _folder.FullName);

        output.WriteLine(story);
        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(native ? "runs as native code" : "runs on the runtime", story, StringComparison.Ordinal);
        Assert.Contains("ok: v1 was verified", story, StringComparison.Ordinal);
        Assert.Contains("ok: v1a was verified", story, StringComparison.Ordinal);
        Assert.Contains("ok: a typed handler was run from the inbox", story, StringComparison.Ordinal);
        Assert.Contains("ok: a handler from the services was run", story, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", story, StringComparison.Ordinal);
    }

    private static bool HasLinker() => OperatingSystem.IsWindows()
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")));
}
