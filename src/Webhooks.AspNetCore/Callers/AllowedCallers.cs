using System.Net;

namespace Webhooks;

/// <summary>Who may call a source: whoever is on any of its lists.</summary>
internal sealed class AllowedCallers(AddressList written, PublishedList[] published)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    public IReadOnlyList<PublishedList> Published => published;

    public CallerRefusal? FindRefusal(IPAddress? address)
    {
        if (written.Contains(address))
            return null;

        CallerRefusal refusal = new(WebhookVerdict.AddressNotAllowed);
        foreach (var list in published)
        {
            if (list.Contains(address))
                return null;

            // Nobody can say yet that the address isn't on it, so the sender is to come again.
            if (!list.IsFetched && address is not null)
                refusal = new(WebhookVerdict.CallersUnknown, list.Wait < LongestRetry ? list.Wait : LongestRetry);
        }

        return refusal;
    }
}
