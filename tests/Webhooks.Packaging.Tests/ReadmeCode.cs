using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>The programs in the README, as they stand.</summary>
internal static partial class ReadmeCode
{
    public static string Receiver => Section("Receive");

    public static string Sender => Section("Send");

    private static string Section(string heading)
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        var section = readme.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return Block().Match(section).Groups["code"].Value;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
