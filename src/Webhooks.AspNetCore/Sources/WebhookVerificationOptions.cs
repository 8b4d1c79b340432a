namespace Webhooks;

/// <summary>What holds for every source of webhooks that says nothing of its own.</summary>
public sealed class WebhookVerificationOptions
{
    /// <summary>The largest body accepted, in bytes; from 1 up to 2,147,483,647.</summary>
    /// <value>1,048,576 (1 MiB)</value>
    public long MaxBodySize { get; set; } = 1024 * 1024;

    /// <summary>How long a sender may take to deliver the whole body, counted from the end of the headers; more
    /// than zero, at most one day.</summary>
    /// <value>30 seconds</value>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a webhook's timestamp may lie in the past or the future; <see langword="null"/> leaves it
    /// to the signature scheme. Schemes without a timestamp don't look at it.</summary>
    /// <value><see langword="null"/></value>
    public TimeSpan? Tolerance { get; set; }

    /// <summary>How often an address may fail to prove itself before it is answered 429.</summary>
    /// <value>20 failures in a row, then one a second; never an address from which a webhook was verified within a
    /// day</value>
    public WebhookFailureLimitOptions FailureLimit { get; } = new();

    /// <summary>Whether only the first copy of each webhook is handled. Where no store was named, webhooks are remembered
    /// in the process's memory.</summary>
    /// <value><see langword="null"/>: yes if <see cref="WebhookDuplicatesBuilderExtensions.DropDuplicates"/> was
    /// called</value>
    public bool? DropDuplicates { get; set; }

    internal List<string> ConfigurationFailures { get; } = [];
}
