using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks;

/// <summary>Adds an inbox.</summary>
public static class WebhookInboxBuilderExtensions
{
    /// <summary>Has routes mapped with <c>MapWebhook</c> store verified webhooks, answer 202, and run their handlers in
    /// the background. Without a named store they are kept in memory.</summary>
    /// <param name="builder">What <c>AddWebhookVerification</c> returned.</param>
    /// <param name="configure">Names the store and sets options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">There is an inbox already.</exception>
    public static WebhookVerificationBuilder UseInbox(
        this WebhookVerificationBuilder builder, Action<WebhookInboxBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(static service => service.ServiceType == typeof(InboxEngine)))
            throw new InvalidOperationException("UseInbox was called before: an application has one inbox.");

        var inbox = new WebhookInboxBuilder();
        configure?.Invoke(inbox);
        builder.Services.AddSingleton(provider => new InboxEngine(inbox.Services, provider));
        builder.Services.AddSingleton(static provider => provider.GetRequiredService<InboxEngine>().Intake);
        builder.Services.AddSingleton<IWebhookInbox>(
            static provider => provider.GetRequiredService<InboxEngine>().Inbox);
        builder.Services.AddSingleton<IHostedService, InboxHost>();
        return builder;
    }
}
