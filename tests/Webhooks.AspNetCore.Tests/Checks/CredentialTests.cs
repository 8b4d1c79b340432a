using System.Net;
using System.Text;

namespace Webhooks;

public class CredentialTests
{
    private static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static TheoryData<string, string, bool> Headers => new()
    {
        { "X-Key", "new-key", true },
        { "x-key", "old-key", true },
        { "X-Key", "new-key2", false },
        { "X-Key", "new-ke", false },
        { "X-Key", "NEW-KEY", false },
        { "X-Key", "new-key,old-key", false },
        { "X-Key", "", false },
        { "X-Key", new string('k', 5000), false },
        { "X-Api-Key", "new-key", false },
        { "Authorization", "Bearer token-1", true },
        { "Authorization", "bearer token-2", true },
        { "Authorization", "Bearer token-3", false },
        { "Authorization", "Bearer", false },
        { "Authorization", "Bearer new-key", false },
        { "Authorization", "token-1", false },
        { "Authorization", "Digest token-1", false },
        { "Authorization", Basic("user:päss"), true },
        { "Authorization", Basic("user:pass"), false },
        { "Authorization", Basic("user"), false },
        { "Authorization", Basic(""), false },
        { "Authorization", "Basic user:päss", false },
        { "Authorization", "Basic !!!", false },
        { "Authorization", "Basic " + new string('A', 8000), false },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task A_request_needs_one_of_the_credentials_beside_its_signature(string name, string value, bool accepted)
    {
        await using var receiver = await StartAsync();

        var status = await receiver.StatusOfAsync(Some.Webhook().With(name, value));

        Assert.Equal(accepted ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized, status);
        Assert.Equal(accepted ? 1 : 0, receiver.Handled.Count);
    }

    [Theory]
    [InlineData("X-Key", "new-key")]
    [InlineData("Authorization", "Bearer token-1")]
    public async Task A_doubled_credential_is_none(string name, string value)
    {
        await using var receiver = await StartAsync();

        var status = await receiver.StatusOfAsync(Some.Webhook().With(name, value).With(name, value));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_credential_does_not_stand_in_for_the_signature()
    {
        await using var receiver = await StartAsync();
        var other = SigningSecret.Generate();

        var status = await receiver.StatusOfAsync(Some.Webhook(secret: other).With("X-Key", "new-key"));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(receiver.Handled);
    }

    private static Task<Receiver> StartAsync() => Receiver.StartAsync(source =>
    {
        source.ApiKeyHeader = "X-Key";
        source.ApiKeys.Add("new-key");
        source.ApiKeys.Add("old-key");
        source.BearerTokens.Add("token-1");
        source.BearerTokens.Add("token-2");
        source.BasicCredentials.Add(new WebhookBasicCredential("user", "päss"));
    });
}
