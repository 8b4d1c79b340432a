using System.Net;

namespace Webhooks.Tests.Network;

public class SsrfAddressTests
{
    public static TheoryData<string> Cases => SsrfCases.Ids("ip");

    [Theory, MemberData(nameof(Cases))]
    public void Judge_decides_as_the_suite_says(string id)
    {
        var one = SsrfCases.Find(id);

        var verdict = NetworkPolicy.Default.Judge(IPAddress.Parse(one.Text));

        Assert.Equal(one.IsAllowed, verdict.IsAllowed);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Connecting_by_name_decides_as_the_suite_says(string id)
    {
        var one = SsrfCases.Find(id);
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        var policy = new NetworkPolicy(new NetworkOptions { AllowHttp = true });
        using var client = dialler.CreateClient(policy, ScriptedResolver.Always(one.Text));

        var refusal = await Sending.RefusalOfAsync(client, "http://hooks.example.com/");

        Assert.Equal(one.IsAllowed, refusal is null);
        Assert.Equal(one.IsAllowed ? [IPAddress.Parse(one.Text)] : [], dialler.Dialled.Select(end => end.Address));
        Assert.Equal(one.IsAllowed ? 1 : 0, server.Connections);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Connecting_to_the_literal_decides_as_the_suite_says(string id)
    {
        var one = SsrfCases.Find(id);
        var host = one.Text.Contains(':', StringComparison.Ordinal) ? $"[{one.Text}]" : one.Text;
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        var resolver = ScriptedResolver.Always("93.184.216.34");
        using var client = dialler.CreateClient(new NetworkPolicy(new NetworkOptions { AllowHttp = true }), resolver);

        var refusal = await Sending.RefusalOfAsync(client, $"http://{host}/");

        Assert.Equal(one.IsAllowed, refusal is null);
        Assert.Equal(one.IsAllowed ? 1 : 0, server.Connections);
        Assert.Equal(0, resolver.Lookups);
    }
}
