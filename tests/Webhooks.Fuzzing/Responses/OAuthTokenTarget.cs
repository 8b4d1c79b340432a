using System.Net;

namespace Webhooks.Fuzzing;

/// <summary>What token endpoints answer: a token that a header can hold, or one kind of exception that quotes
/// nothing.</summary>
public sealed class OAuthTokenTarget() : FuzzTarget("oauth-tokens")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        """{"access_token":"abc.def","token_type":"Bearer","expires_in":3600}"""u8.ToArray(),
        """{"access_token":"abc","expires_in":"NaN"}"""u8.ToArray(), """{"access_token":"\ud800"}"""u8.ToArray(),
        """{"access_token":"a","token_type":"\ud800","expires_in":1e999}"""u8.ToArray(),
        """{"error":"invalid_client","error_description":"x"}"""u8.ToArray(), """{"error":"\udfff"}"""u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        Try(HttpStatusCode.OK, input);
        Try(HttpStatusCode.BadRequest, input);
    }

    private static void Try(HttpStatusCode status, byte[] body)
    {
        using var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        try
        {
            var token = OAuthTokenResponse.ReadAsync(response, The.Now, CancellationToken.None).GetAwaiter().GetResult();
            Law.AreEqual(HttpStatusCode.OK, status, "tokens come with success");
            Law.Holds(!token.HeaderValue.Any(c => c is < ' ' or > '~'), "a header can hold the token");
            Law.Holds(!token.IsFresh(The.Now.AddDays(1)), "no token lives longer than a day");
        }
        catch (AttemptException exception)
        {
            Law.Holds(exception.Message.Length < 200, "the message is short");
        }
    }
}
