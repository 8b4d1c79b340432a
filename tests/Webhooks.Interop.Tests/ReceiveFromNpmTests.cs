using System.Text;

namespace Webhooks;

/// <summary>The npm package standardwebhooks signs; the library's middleware receives and verifies.</summary>
public sealed class ReceiveFromNpmTests(NodeFixture node)
{
    private const string Body = """{"type":"invoice.paid","data":{"note":"Grüße, 日本 🎉"}}""";

    [Fact]
    public async Task What_it_signs_is_accepted_with_its_payload()
    {
        await using var receiver = await OurReceiver.StartAsync(The.Secret);

        var status = await SendAsync(receiver, The.Secret, "msg_1", Body);

        Assert.Equal("status 204", status);
        var (id, type, body) = Assert.Single(receiver.Accepted);
        Assert.Equal("msg_1", id);
        Assert.Equal("invoice.paid", type);
        Assert.Equal(Body, Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("The body is another one", "{}", "0")]
    [InlineData("It is ten minutes old", "", "600")]
    [InlineData("It is ten minutes ahead", "", "-600")]
    public async Task What_is_forged_or_out_of_time_is_refused(string why, string sentBody, string age)
    {
        await using var receiver = await OurReceiver.StartAsync(The.Secret);

        var status = await SendAsync(receiver, The.Secret, "msg_2", Body, sentBody, age);

        Assert.True(status == "status 401", why);
        Assert.Empty(receiver.Accepted);
    }

    [Fact]
    public async Task What_a_stranger_signs_is_refused()
    {
        await using var receiver = await OurReceiver.StartAsync(The.Secret);

        var status = await SendAsync(receiver, The.OtherSecret, "msg_3", Body);

        Assert.Equal("status 401", status);
        Assert.Empty(receiver.Accepted);
    }

    [Fact]
    public async Task While_a_secret_is_replaced_both_are_accepted()
    {
        await using var receiver = await OurReceiver.StartAsync(The.OtherSecret, The.Secret);

        var behind = await SendAsync(receiver, The.Secret, "msg_4", Body);
        var ahead = await SendAsync(receiver, The.OtherSecret, "msg_5", Body);

        Assert.Equal("status 204", behind);
        Assert.Equal("status 204", ahead);
        Assert.Equal(["msg_4", "msg_5"], receiver.Accepted.Select(webhook => webhook.Id));
    }

    private async Task<string> SendAsync(OurReceiver receiver, params string[] arguments)
    {
        await using var program = node.Start("send.js", [receiver.Url, .. arguments]);
        return await program.WaitForLineAsync("status ");
    }
}
