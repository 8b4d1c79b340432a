namespace Webhooks;

/// <summary>The domains of one source, as its options have them now. Made anew with the options, so that what is
/// remembered of other domains isn't mistaken for these.</summary>
internal sealed class AllowedDomains(string[] domains)
{
    /// <summary>Whether a name that DNS gave is one of the domains, or below it.</summary>
    public bool Have(string name) =>
        DomainName.IsName(name) && Array.Exists(domains, domain => DomainName.IsWithin(name, domain));
}
