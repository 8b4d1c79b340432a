namespace Webhooks.Tests.Network;

public class SsrfUrlTests
{
    private static readonly NetworkPolicy WithHttp = new(new NetworkOptions { AllowHttp = true });

    public static TheoryData<string> Cases => SsrfCases.Ids("url");

    [Theory, MemberData(nameof(Cases))]
    public void Judge_decides_as_the_suite_says(string id)
    {
        var one = SsrfCases.Find(id);

        var verdict = PolicyFor(one).Judge(one.Text);

        Assert.Equal(one.IsAllowed, verdict.IsAllowed);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Judging_the_parsed_url_decides_the_same(string id)
    {
        var one = SsrfCases.Find(id);

        var isAllowed = Uri.TryCreate(one.Text, UriKind.RelativeOrAbsolute, out var url)
            && PolicyFor(one).Judge(url).IsAllowed;

        Assert.Equal(one.IsAllowed, isAllowed);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Sending_decides_as_the_suite_says(string id)
    {
        var one = SsrfCases.Find(id);
        var url = Uri.TryCreate(one.Text, UriKind.Absolute, out var parsed) ? parsed : null;
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        using var client = dialler.CreateClient(PolicyFor(one), ScriptedResolver.Always("93.184.216.34"));
        using var request = new HttpRequestMessage(HttpMethod.Post, url);

        var failure = await Record.ExceptionAsync(
            () => client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(one.IsAllowed, NetworkRefusedException.Find(failure) is null);
        Assert.Equal(one.IsAllowed ? 1 : 0, server.Connections);
    }

    // All but the cases about schemes are about something else, which plain http would hide.
    private static NetworkPolicy PolicyFor(SsrfCase one) =>
        one.Id.StartsWith("scheme-", StringComparison.Ordinal) ? NetworkPolicy.Default : WithHttp;
}
