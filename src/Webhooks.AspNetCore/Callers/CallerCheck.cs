using System.Net;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Decides whether a caller is listened to at all, before anything of its request is looked at.</summary>
internal sealed class CallerCheck(DomainConfirmer domains)
{
    public ValueTask<CallerRefusal?> FindRefusalAsync(HttpContext context, WebhookSource source)
    {
        if (source.Callers is not { } callers)
            return default;

        var address = context.Connection.RemoteIpAddress;
        var refusal = callers.FindRefusal(address);
        return refusal is null || address is null || callers.Domains is null
            ? new(refusal)
            : AskAsync(callers.Domains, address, refusal.Value, context.RequestAborted);
    }

    private async ValueTask<CallerRefusal?> AskAsync(
        AllowedDomains allowed, IPAddress address, CallerRefusal otherwise, CancellationToken cancellationToken)
    {
        DomainAnswer answer;
        try
        {
            answer = await domains.AskAsync(allowed, address, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new(WebhookVerdict.ClientGone);
        }

        return answer switch
        {
            DomainAnswer.Confirmed => null,
            DomainAnswer.Denied => otherwise,
            _ => new(WebhookVerdict.CallersUnknown, DomainConfirmer.FailedFor),
        };
    }
}
