namespace Webhooks;

/// <summary>
/// Hears what happens to endpoints. Register as many as you like, as singletons:
/// <c>services.AddSingleton&lt;IWebhookEndpointObserver, MyObserver&gt;()</c>.
/// </summary>
/// <remarks>
/// Each observer is called in the background, with one change after the other. One that throws is logged; one that
/// hasn't returned after 30 seconds is cancelled and hears of nothing until it has returned. Neither delivery nor other
/// observers wait for it. What nodes see for themselves (circuits, failing and recovering) each of them tells; changes
/// are told at most once and are lost when the process ends.
/// </remarks>
public interface IWebhookEndpointObserver
{
    /// <summary>Called after something happened to an endpoint.</summary>
    /// <param name="change">What.</param>
    /// <param name="cancellationToken">Ends the call when it takes too long or the application stops.</param>
    Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken);
}
