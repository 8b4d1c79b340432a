namespace Webhooks.Tests.Network;

internal static class Sending
{
    /// <summary>Posts to the URL. Null when it was answered; failures other than a refusal are thrown.</summary>
    public static async Task<NetworkRefusedException?> RefusalOfAsync(HttpMessageInvoker client, string url)
    {
        try
        {
            using var response = await PostAsync(client, url);
            return null;
        }
        catch (HttpRequestException exception) when (NetworkRefusedException.Find(exception) is { } refusal)
        {
            return refusal;
        }
    }

    public static async Task<HttpResponseMessage> PostAsync(
        HttpMessageInvoker client, string url, ConnectionKey? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url)) { Content = new StringContent("{}") };
        if (key is not null)
            request.Options.Set(ConnectionKey.Option, key);

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
