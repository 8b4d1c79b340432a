using System.Net;
using System.Net.Http.Headers;

namespace Webhooks;

/// <summary>
/// What a new user does: makes two web applications, adds the packages, pastes the README's code, and runs them.
/// </summary>
public sealed class FreshApplicationTests(PackedRepository packed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_readme_works_with_the_package_in_a_fresh_web_application()
    {
        await ConfigurePackagesAsync();
        using var secret = SigningSecret.Generate();
        using var client = new HttpClient();

        await using var receiver = await StartAsync("Receiver", ReadmeCode.Receiver, new()
        {
            ["Webhooks__Sources__billing__Secrets__0"] = secret.Reveal(),
        });
        var receiverUrl = await UrlAsync(receiver);
        await using var sender = await StartAsync("Sender", ReadmeCode.Sender, new()
        {
            ["Webhooks__Network__AllowPrivateNetworks"] = "true",
        });
        var cancellationToken = TestContext.Current.CancellationToken;
        var senderUrl = await UrlAsync(sender);
        var endpoint = $"url={Uri.EscapeDataString($"{receiverUrl}/hooks/billing")}&secret={Uri.EscapeDataString(secret.Reveal())}";

        using var subscribed = await client.PostAsync(new Uri($"{senderUrl}/endpoints?{endpoint}"), null, cancellationToken);
        using var paid = await client.PostAsync(new Uri($"{senderUrl}/invoices/42/pay"), null, cancellationToken);
        using var forgery = new ByteArrayContent("{}"u8.ToArray());
        forgery.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var forged = await client.PostAsync(new Uri($"{receiverUrl}/hooks/billing"), forgery, cancellationToken);

        Assert.True(subscribed.IsSuccessStatusCode && paid.IsSuccessStatusCode, sender.Output + receiver.Output);
        var messageId = await paid.Content.ReadAsStringAsync(cancellationToken);
        Assert.StartsWith("msg_", messageId, StringComparison.Ordinal);
        Assert.StartsWith(messageId, await receiver.WaitForLineAsync(" invoice.paid"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    // Adds the packed packages to the sources that this machine has. They go to a cache of their own, which falls back on
    // the machine's for everything else.
    private async Task ConfigurePackagesAsync()
    {
        var list = await RunningProgram.RunAsync("dotnet", ["nuget", "locals", "global-packages", "--list"], _folder.FullName);
        var machineCache = list.Split("global-packages:")[1].Split('\n')[0].Trim();
        await File.WriteAllTextAsync(_folder.PathOf("nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{_folder.PathOf("cache")}" />
              </config>
              <packageSources>
                <add key="packed" value="{packed.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{machineCache}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    private async Task<RunningProgram> StartAsync(string name, string code, Dictionary<string, string?> environment)
    {
        var project = _folder.PathOf(name);
        await RunningProgram.RunAsync("dotnet", ["new", "web", "--name", name, "--output", project, "--no-restore"], _folder.FullName);
        foreach (var package in (string[])["Webhooks", "Webhooks.Sqlite"])
            await RunningProgram.RunAsync("dotnet", ["add", project, "package", package, "--version", packed.Version], _folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), code);
        await RunningProgram.RunAsync("dotnet", ["build", project, "--configuration", "Release", "-warnaserror"], _folder.FullName);
        var program = Path.Combine(project, "bin", "Release", "net10.0", $"{name}.dll");
        return RunningProgram.Start("dotnet", [program, "--urls", "http://127.0.0.1:0"], project, environment);
    }

    private static async Task<string> UrlAsync(RunningProgram application) =>
        (await application.WaitForLineAsync("Now listening on: ")).Split("Now listening on: ")[1].Trim();
}
