namespace Webhooks.Simulation;

/// <summary>A fault built into the store on purpose, to see that the laws find it.</summary>
internal enum Defect
{
    None = 0,

    /// <summary>Forgets leases now and then.</summary>
    ForgetsLeases,

    /// <summary>Forgets leases now and then that began with the publication.</summary>
    ForgetsDirectLeases,

    /// <summary>Loses deliveries now and then.</summary>
    LosesDeliveries,

    /// <summary>Lets those behind a delivery pass it while it waits for its retry.</summary>
    ForgetsOrder,

    /// <summary>Notes failed attempts as successes now and then.</summary>
    Lies,

    /// <summary>Gives nothing out for a while, as if others kept it busy.</summary>
    Dawdles,
}
