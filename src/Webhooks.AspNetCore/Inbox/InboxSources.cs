using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>The sources as the engine's endpoints. Each comes to be with its first webhook.</summary>
internal sealed class InboxSources(EndpointDirectory directory, EndpointWriter writer, EndpointSerializer serializer)
{
    private static readonly Uri Nowhere = new("https://inbox.invalid/");

    /// <summary>What a source is called where names are short and ASCII.</summary>
    public static string IdOf(string source)
        => "src_" + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(source.ToUpperInvariant())).AsSpan(0, 16));

    public async ValueTask<long> NumberOfAsync(string id, CancellationToken cancellationToken)
    {
        if (directory.Current.TryFind(id, out var known))
            return known.Record.Number;
        if (await writer.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found)
            return found.Number;

        try
        {
            var endpoint = new WebhookEndpoint(Nowhere, Array.Empty<EndpointSignature>()) { Id = id, Tenant = id };
            var record = new EndpointRecord { Id = id, Tenant = id, Settings = serializer.Write(endpoint) };
            return (await writer.CreateAsync(record, cancellationToken).ConfigureAwait(false)).Number;
        }
        catch (WebhookConflictException)
        {
            // Another request, or another node, was faster.
            return (await writer.GetAsync(id, cancellationToken).ConfigureAwait(false)).Number;
        }
    }
}
