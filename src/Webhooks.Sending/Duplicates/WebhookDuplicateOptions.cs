namespace Webhooks;

/// <summary>How duplicates of received webhooks are told. Checked when the application starts; later changes have no
/// effect.</summary>
public sealed class WebhookDuplicateOptions
{
    /// <summary>How long a webhook that was handled is remembered: 1 minute to 366 days, and at least twice the
    /// tolerance of every source, within which what was recorded on its way could be sent again. Senders that repeat
    /// for longer than this have their webhooks handled again.</summary>
    /// <value>The default is 1 day.</value>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// After how long a webhook whose handler died with its process may be handled again, where the store is shared: 1
    /// second to 1 hour. A handler that takes longer keeps its webhook: the claim is renewed while it runs.
    /// </summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sender waits for the store, before it is answered 503, and how long the store is given to note
    /// what became of its webhook: 100 milliseconds to 10 minutes. The process's memory doesn't keep anybody
    /// waiting.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal List<string> ConfigurationFailures { get; } = [];
}
