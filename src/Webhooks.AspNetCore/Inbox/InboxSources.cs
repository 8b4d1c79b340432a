using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>The sources as the engine's endpoints. Each comes to be with its first webhook.</summary>
internal sealed class InboxSources(
    SourceRegistrations registrations, EndpointDirectory directory, EndpointWriter writer,
    EndpointSerializer serializer)
{
    private const string Prefix = "src_";
    private const int LongestPlain = 64;
    private const int LongestDescription = 256;

    private static readonly Uri Nowhere = new("https://inbox.invalid/");

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>What a source is called in the store and in logs, where ids are short and ASCII: by its name where that
    /// will do, so that people recognise it.</summary>
    public string IdOf(string source)
    {
        if (_ids.TryGetValue(source, out var known))
            return known;

        var id = MakeId(source);
        return registrations.Names.Contains(source, StringComparer.Ordinal) ? _ids.GetOrAdd(source, id) : id;
    }

    /// <summary>The name of a source that a webhook was stored for, be it one that isn't configured any more.</summary>
    public string NameOf(string id)
        => registrations.Names.FirstOrDefault(name => IdOf(name) == id)
            ?? (directory.Current.TryFind(id, out var known) ? known.Endpoint.Description : null)
            ?? id;

    public async ValueTask<long> NumberOfAsync(string source, string id, CancellationToken cancellationToken)
    {
        if (directory.Current.TryFind(id, out var known))
            return known.Record.Number;
        if (await writer.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found)
            return found.Number;

        try
        {
            var endpoint = new WebhookEndpoint(Nowhere, Array.Empty<EndpointSignature>())
            {
                Id = id,
                Description = source.Length <= LongestDescription ? source : source[..LongestDescription],
            };
            var record = new EndpointRecord { Id = id, Settings = serializer.Write(endpoint) };
            return (await writer.CreateAsync(record, cancellationToken).ConfigureAwait(false)).Number;
        }
        catch (WebhookConflictException)
        {
            // Another request, or another node, was faster.
            return (await writer.GetAsync(id, cancellationToken).ConfigureAwait(false)).Number;
        }
    }

    // No plain name has the sign that the others begin with.
    private static string MakeId(string source) => source.Length <= LongestPlain && source.All(IsPlain)
        ? Prefix + source.ToLowerInvariant()
        : Prefix + "~" + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(source.ToUpperInvariant())).AsSpan(0, 16));

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';
}
