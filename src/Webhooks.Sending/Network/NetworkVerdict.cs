namespace Webhooks;

/// <summary>The network guard's judgement of an address, a URL or a connection.</summary>
/// <remarks>The default value is a refusal.</remarks>
public readonly record struct NetworkVerdict
{
    internal NetworkVerdict(NetworkOutcome outcome) => Outcome = outcome;

    /// <summary>What was decided.</summary>
    public NetworkOutcome Outcome { get; }

    /// <summary>Whether the address, URL or connection may be used.</summary>
    public bool IsAllowed => Outcome == NetworkOutcome.Allowed;

    /// <summary>
    /// The reason and the mend in a sentence or two. It holds neither the URL nor the address, so that it may be shown
    /// to whoever registered the endpoint.
    /// </summary>
    public string Message => NetworkVerdictText.For(Outcome);

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
