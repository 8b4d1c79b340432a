namespace Webhooks;

/// <summary>How many ordering keys of an endpoint a claim looked at, and the last of them.</summary>
internal readonly record struct KeyLook(long Endpoint, long Last, bool HasWrapped, int Count)
{
    // The statement stops there.
    private const int Most = 100;

    public bool IsCut => Count >= Most;
}
