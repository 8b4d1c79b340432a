using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Webhooks;

/// <summary>Reads the networks out of a published list.</summary>
internal static class PublishedListReader
{
    /// <summary>The most networks that one list may hold.</summary>
    public const int MaximumCount = 20_000;

    // Whoever writes the list must not open the door to everybody with one line.
    private const int ShortestPrefix4 = 8;
    private const int ShortestPrefix6 = 16;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a list.</summary>
    /// <returns>Its networks, each once, and how many strings were left out since they are none.</returns>
    /// <exception cref="FormatException">It isn't JSON, has no network, or too many. The message is fit for the
    /// log.</exception>
    public static (IReadOnlyCollection<IPNetwork> Networks, int Skipped) Read(
        ReadOnlyMemory<byte> json, IEnumerable<PublishedPath> paths)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(paths.SelectMany(path => path.Find(document.RootElement)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The platform throws InvalidOperationException for text that isn't Unicode. What either says quotes it.
            throw new FormatException("The list is not well-formed JSON.");
        }
    }

    private static (IReadOnlyCollection<IPNetwork> Networks, int Skipped) Read(IEnumerable<JsonElement> elements)
    {
        var (networks, skipped) = (new HashSet<IPNetwork>(), 0);
        foreach (var element in elements)
        {
            if (element.ValueKind == JsonValueKind.String
                && AddressList.TryParse(element.GetString(), out var network) && IsNarrow(network.Value))
                networks.Add(network.Value);
            else
                skipped++;
            if (networks.Count > MaximumCount)
                throw new FormatException($"The list has more than {MaximumCount} networks.");
        }

        return networks.Count > 0
            ? (networks, skipped)
            : throw new FormatException($"The list has no network at its paths, and {skipped} values that are none.");
    }

    private static bool IsNarrow(IPNetwork network) => network.PrefixLength
        >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? ShortestPrefix4 : ShortestPrefix6);
}
