using System.Globalization;
using System.Text.RegularExpressions;

namespace Webhooks.Benchmarks;

/// <summary>The load generator wrk, with one thread and a script.</summary>
internal static partial class Wrk
{
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public static async Task<(long Requests, double Rate)> RunAsync(
        string url, string script, int connections, double seconds)
    {
        var duration = string.Create(CultureInfo.InvariantCulture, $"-d{Math.Ceiling(seconds)}s");
        using var wrk = ChildProcess.Start("wrk", ["-t1", $"-c{connections}", duration, "--timeout", "30s", "-s", script, url]);
        var output = await wrk.ReadToEndAsync().ConfigureAwait(false);
        return output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal)
            ? throw new InvalidOperationException(output)
            : (long.Parse(RequestsLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
                double.Parse(RateLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex RequestsLine();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RateLine();
}
