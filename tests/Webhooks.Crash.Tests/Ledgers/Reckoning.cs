namespace Webhooks.Crash;

/// <summary>The nodes' words against what the receivers got.</summary>
internal sealed record Reckoning
{
    /// <summary>Messages whose publishing returned.</summary>
    public required int Published { get; init; }

    /// <summary>Messages that were rolled back.</summary>
    public required int RolledBack { get; init; }

    /// <summary>Messages whose publisher was killed or saw an exception before it knew.</summary>
    public required int Uncertain { get; init; }

    /// <summary>Deliveries that an endpoint accepted, each counted once.</summary>
    public required int Delivered { get; init; }

    /// <summary>Deliveries that an endpoint had already accepted.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Deliveries of published messages that never arrived.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Deliveries of messages that were rolled back, or that nobody published.</summary>
    public required IReadOnlyList<string> Ghosts { get; init; }

    /// <summary>Uncertain messages that some endpoints got and others didn't.</summary>
    public required IReadOnlyList<string> Halves { get; init; }

    /// <summary>Attempts that began while another one of the same delivery was under way.</summary>
    public required int Overlaps { get; init; }

    /// <summary>Requests whose signature was wrong.</summary>
    public required int Forged { get; init; }

    public static Reckoning Of(Ledger ledger, Sink sink)
    {
        var arrivals = sink.Endpoints
            .SelectMany(endpoint => endpoint.Received, (endpoint, pair) => (endpoint, Id: pair.Key, pair.Value.Accepted))
            .Where(arrival => arrival.Accepted > 0)
            .ToArray();
        return new Reckoning
        {
            Published = ledger.Count(Word.Accepted),
            RolledBack = ledger.Count(Word.Doomed),
            Uncertain = ledger.Count(Word.Began) + ledger.Count(Word.Ordering) + ledger.Count(Word.Refused),
            Delivered = arrivals.Length,
            Duplicates = arrivals.Sum(arrival => arrival.Accepted - 1),
            Lost = [.. Missing(ledger, sink).Select(missing => $"{missing.Message} at {missing.Endpoint.Id}")],
            Ghosts = [.. arrivals.Where(arrival => IsGhost(ledger, arrival.Id, arrival.endpoint))
                .Select(arrival => $"{arrival.Id} at {arrival.endpoint.Id}")],
            Halves = [.. arrivals.Select(arrival => arrival.Id).Distinct()
                .Where(id => ledger.Messages.TryGetValue(id, out var entry) && entry.Word != Word.Accepted
                    && sink.Endpoints.Any(endpoint => endpoint.IsOwed && endpoint.EventType == entry.EventType && !endpoint.Has(id)))],
            Overlaps = sink.Overlaps,
            Forged = sink.Forged,
        };
    }

    /// <summary>Those of several databases together.</summary>
    public static Reckoning Sum(IReadOnlyCollection<Reckoning> parts) => new()
    {
        Published = parts.Sum(part => part.Published),
        RolledBack = parts.Sum(part => part.RolledBack),
        Uncertain = parts.Sum(part => part.Uncertain),
        Delivered = parts.Sum(part => part.Delivered),
        Duplicates = parts.Sum(part => part.Duplicates),
        Lost = [.. parts.SelectMany(part => part.Lost)],
        Ghosts = [.. parts.SelectMany(part => part.Ghosts)],
        Halves = [.. parts.SelectMany(part => part.Halves)],
        Overlaps = parts.Sum(part => part.Overlaps),
        Forged = parts.Sum(part => part.Forged),
    };

    /// <summary>The deliveries of published messages that haven't arrived yet.</summary>
    public static IEnumerable<(string Message, SinkEndpoint Endpoint)> Missing(Ledger ledger, Sink sink)
        => from pair in ledger.Messages
           where pair.Value.Word == Word.Accepted
           from endpoint in sink.Endpoints
           where endpoint.IsOwed && endpoint.EventType == pair.Value.EventType && !endpoint.Has(pair.Key)
           select (pair.Key, endpoint);

    public override string ToString()
        => $"published {Published}, rolled back {RolledBack}, uncertain {Uncertain}, delivered {Delivered}, "
            + $"duplicates {Duplicates}, lost {Lost.Count}, ghosts {Ghosts.Count}, halves {Halves.Count}, "
            + $"overlaps {Overlaps}";

    private static bool IsGhost(Ledger ledger, string id, SinkEndpoint endpoint)
        => !ledger.Messages.TryGetValue(id, out var entry) || entry.Word == Word.Doomed
            || entry.EventType != endpoint.EventType;
}
