using Webhooks;

namespace Microsoft.AspNetCore.Http;

/// <summary>Finds the verified webhook of a request.</summary>
public static class WebhookVerificationHttpContextExtensions
{
    /// <summary>The webhook that was verified for this request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The webhook.</returns>
    /// <exception cref="InvalidOperationException">The request was not verified: the route isn't protected.</exception>
    public static VerifiedWebhook GetVerifiedWebhook(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<VerifiedWebhook>() ?? throw new InvalidOperationException(
            "This request was not verified as a webhook. Protect its route with "
            + "RequireWebhookVerification(\"source\"), "
            + "or with PathPrefix in the source's options, and call app.UseWebhookVerification() after UseRouting().");
    }
}
