using System.Globalization;
using System.Text.Json;

namespace Webhooks;

/// <summary>The library sends; the npm package standardwebhooks receives and verifies.</summary>
public sealed class SendToNpmTests(NodeFixture node)
{
    [Fact]
    public async Task What_we_sign_is_accepted_with_its_payload()
    {
        await using var sender = new OurSender();
        await using var receiver = node.Start("receive.js", The.Secret);
        var message = OurSender.Message();

        var result = await sender.SendAsync(message, await PortAsync(receiver), The.Secret);

        using var verdict = JsonDocument.Parse(await receiver.WaitForLineAsync("{"));
        Assert.Equal(204, result.LastAttempt.StatusCode);
        Assert.Equal(message.Id.Value, verdict.RootElement.GetProperty("id").GetString());
        var payload = verdict.RootElement.GetProperty("payload");
        Assert.Equal(The.EventType.Value, payload.GetProperty("type").GetString());
        Assert.Equal(The.Invoice.Note, payload.GetProperty("data").GetProperty("Note").GetString());
    }

    [Fact]
    public async Task What_a_stranger_signs_is_refused()
    {
        await using var sender = new OurSender();
        await using var receiver = node.Start("receive.js", The.Secret);

        var result = await sender.SendAsync(OurSender.Message(), await PortAsync(receiver), The.OtherSecret);

        Assert.Equal(400, result.LastAttempt.StatusCode);
        Assert.Contains("No matching signature", await receiver.WaitForLineAsync("{"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_on_its_way_is_refused()
    {
        await using var sender = new OurSender(tamper: body => [.. body, (byte)' ']);
        await using var receiver = node.Start("receive.js", The.Secret);

        var result = await sender.SendAsync(OurSender.Message(), await PortAsync(receiver), The.Secret);

        Assert.Equal(400, result.LastAttempt.StatusCode);
    }

    [Fact]
    public async Task While_a_secret_is_replaced_receivers_with_the_old_and_the_new_one_accept()
    {
        await using var sender = new OurSender();
        await using var behind = node.Start("receive.js", The.Secret);
        await using var ahead = node.Start("receive.js", The.OtherSecret);

        var results = new[]
        {
            await sender.SendAsync(OurSender.Message(), await PortAsync(behind), The.OtherSecret, The.Secret),
            await sender.SendAsync(OurSender.Message(), await PortAsync(ahead), The.OtherSecret, The.Secret),
        };

        Assert.All(results, result => Assert.True(result.Succeeded, result.ToString()));
    }

    private static async Task<int> PortAsync(RunningProgram receiver) =>
        int.Parse((await receiver.WaitForLineAsync("listening ")).Split(' ')[1], CultureInfo.InvariantCulture);
}
