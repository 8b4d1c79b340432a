using System.Globalization;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>What one run of wrk against a <see cref="ReceiveServer"/> came to.</summary>
internal sealed record ReceiveRun(double RequestsPerSecond, double AllocatedPerRequest, double MicrosecondsPerRequest)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<ReceiveRun> MeasureAsync(string address, string script, int connections, double seconds)
    {
        var before = await SpentAsync(address).ConfigureAwait(false);
        var (requests, rate) = await Wrk.RunAsync(address + "/hook", script, connections, seconds).ConfigureAwait(false);
        var after = await SpentAsync(address).ConfigureAwait(false);
        return new ReceiveRun(
            rate, (after.Bytes - before.Bytes) / requests, (after.Microseconds - before.Microseconds) / requests);
    }

    private static async Task<(double Bytes, double Microseconds)> SpentAsync(string address)
    {
        var spent = (await Client.GetStringAsync(new Uri(address + "/spent")).ConfigureAwait(false)).Split(' ');
        return (double.Parse(spent[0], CultureInfo.InvariantCulture), double.Parse(spent[1], CultureInfo.InvariantCulture));
    }
}
