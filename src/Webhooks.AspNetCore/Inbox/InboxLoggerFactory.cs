using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>The application's loggers under the inbox's own categories: an engine logs the same whether it sends or
/// handles, and operators filter by category.</summary>
internal sealed class InboxLoggerFactory(ILoggerFactory application) : ILoggerFactory
{
    public const string Category = "Webhooks.Inbox";
    private const string Common = "Webhooks";

    public ILogger CreateLogger(string categoryName) => application.CreateLogger(
        categoryName.StartsWith(Common + ".", StringComparison.Ordinal)
            ? Category + categoryName[Common.Length..]
            : categoryName);

    public void AddProvider(ILoggerProvider provider) => application.AddProvider(provider);

    // It is the application's, and outlives the inbox.
    public void Dispose()
    {
    }
}
