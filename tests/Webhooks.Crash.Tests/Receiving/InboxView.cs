using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Crash;

/// <summary>The inbox as the library shows it, asked from the test's own process, which handles nothing.</summary>
internal sealed class InboxView : IAsyncDisposable
{
    private readonly WebApplication _application;

    public InboxView(Func<WebhookInboxBuilder, WebhookInboxBuilder> use)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWebhookVerification().UseInbox(inbox => use(inbox));
        _application = builder.Build();
    }

    public async Task<IReadOnlyList<InboxWebhook>> FindAsync(InboxState state)
    {
        var inbox = _application.Services.GetRequiredService<IWebhookInbox>();
        return (await inbox.FindAsync(
            new InboxQuery { State = state, PageSize = 10 }, TestContext.Current.CancellationToken)).Items;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
