using System.Net;

namespace Webhooks;

/// <summary>Who may call a source: whoever is on any of its lists.</summary>
internal sealed class AllowedCallers(AddressList written, PublishedList[] published, AllowedDomains? domains)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    public IReadOnlyList<PublishedList> Published => published;

    /// <summary>Null: no name of an address lets it in.</summary>
    public AllowedDomains? Domains => domains;

    /// <summary>Judges an address by the lists of networks alone.</summary>
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
