namespace Webhooks;

/// <summary>Requests that wait for the same keys, in the order in which they were made.</summary>
internal sealed class KeyChain
{
    public List<PublishRequest> Requests { get; } = [];

    public HashSet<PublishKey> Keys { get; } = [];

    public void Add(PublishRequest request)
    {
        // Two writers may find out in either order that a key is held.
        var place = Requests.Count;
        while (place > 0 && Requests[place - 1].Place > request.Place)
            place--;
        Requests.Insert(place, request);
        Keys.UnionWith(request.Keys);
    }
}
