namespace Webhooks;

/// <summary>What happened to an endpoint.</summary>
public enum EndpointChangeKind
{
    /// <summary>This process leaves it alone for a while: it failed too often in a row, or asked for it with
    /// <c>Retry-After</c>. Nothing is lost, its deliveries wait.</summary>
    CircuitOpened = 0,

    /// <summary>This process sends to it again as usual.</summary>
    CircuitClosed = 1,

    /// <summary>It has been failing for five minutes with nothing succeeded.</summary>
    Failing = 2,

    /// <summary>It works again, after <see cref="Failing"/>.</summary>
    Recovered = 3,

    /// <summary>It gets nothing more until it is enabled; <see cref="EndpointChange.Reason"/> says why.</summary>
    Disabled = 4,

    /// <summary>It gets messages again, after it had been disabled.</summary>
    Enabled = 5,
}
