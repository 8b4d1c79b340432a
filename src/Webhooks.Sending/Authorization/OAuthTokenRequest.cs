using System.Net.Http.Headers;
using System.Text;

namespace Webhooks;

/// <summary>Asks a token endpoint for a token (RFC 6749, section 4.4).</summary>
internal static class OAuthTokenRequest
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public static async Task<OAuthToken> SendAsync(
        OAuthClientCredentials credentials, WebhookAuthorizationContext context)
    {
        using var timeout = new CancellationTokenSource(Timeout, context.TimeProvider);
        using var request = Create(credentials);
        try
        {
            using var response = await context.SendAsync(request, timeout.Token).ConfigureAwait(false);
            return await OAuthTokenResponse
                .ReadAsync(response, context.TimeProvider.GetUtcNow(), timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw Failed("didn't answer in time", exception);
        }
        catch (IOException exception)
        {
            throw Failed("broke off its answer", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Failed(
                NetworkRefusedException.Find(exception) is { } refusal
                    ? $"can't be reached: {refusal.Message}"
                    : $"can't be reached ({exception.HttpRequestError})",
                exception);
        }
    }

    public static AttemptException Failed(string why, Exception? inner = null)
        => new(WebhookErrorKind.AuthorizationFailed, $"The OAuth token endpoint {why}.", inner);

    private static HttpRequestMessage Create(OAuthClientCredentials credentials)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (credentials.Scope is { } scope)
            form.Add(new("scope", scope));
        if (credentials.Audience is { } audience)
            form.Add(new("audience", audience));

        var request = new HttpRequestMessage(HttpMethod.Post, credentials.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (credentials.ClientAuthentication == OAuthClientAuthentication.Post)
        {
            form.Add(new("client_id", credentials.ClientId));
            form.Add(new("client_secret", credentials.ClientSecret));
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", BasicValue(credentials));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    // Section 2.3.1: id and secret are form-encoded before they are joined, so that a colon in them does no harm.
    private static string BasicValue(OAuthClientCredentials credentials) => Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{FormEncode(credentials.ClientId)}:{FormEncode(credentials.ClientSecret)}"));

    private static string FormEncode(string text)
        => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
