namespace Webhooks;

/// <summary>
/// How many endpoints that have something a claim looks for. Each costs as much as a delivery or two, whatever it
/// gives: where claims are filled fewer do, which have their turns one after the other, and where each endpoint has
/// little there must be more of them. What was too few isn't tried again soon. Tenants share a claim, so where there are
/// several it stays wide.
/// </summary>
internal sealed class ClaimBreadth
{
    private const int Least = 10;
    private const int Usual = 64;
    private const int Most = 256;
    private const int ShareOfEach = 10;
    private const int ClaimsUntilTriedAgain = 32;

    private volatile int _endpoints = Usual;
    private int _tooFew;
    private int _filled;

    /// <summary>For a claim of so many deliveries.</summary>
    public int For(int maxCount) => Math.Max(_endpoints, Narrowest(maxCount));

    /// <summary>Learns from a claim.</summary>
    /// <param name="maxCount">How many deliveries it was for.</param>
    /// <param name="offered">How many there were.</param>
    /// <param name="isCut">Whether it stopped looking before it had seen all endpoints.</param>
    /// <param name="deliveries">What it leased.</param>
    public void Note(int maxCount, long offered, bool isCut, LeasedDelivery[] deliveries)
    {
        if (offered >= maxCount)
        {
            var hasTenants = Array.Exists(deliveries, static delivery => delivery.Message.Tenant.Length > 0);
            var fewer = Math.Max(_endpoints / 2, hasTenants ? Usual : Narrowest(maxCount));
            if (fewer <= _tooFew && ++_filled < ClaimsUntilTriedAgain)
                return;

            (_endpoints, _tooFew, _filled) = (fewer, 0, 0);
        }
        else if (isCut)
        {
            // Each endpoint's ordering keys are looked at too, of which there may be many.
            var isOrdered = Array.Exists(deliveries, static delivery => delivery.IsOrdered);
            (_tooFew, _filled) = (For(maxCount), 0);
            _endpoints = Math.Min(_tooFew * 2, isOrdered ? Usual : Most);
        }
    }

    private static int Narrowest(int maxCount) => Math.Clamp(maxCount / ShareOfEach, Least, Usual);
}
