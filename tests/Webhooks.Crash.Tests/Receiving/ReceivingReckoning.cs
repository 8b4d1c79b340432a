namespace Webhooks.Crash;

/// <summary>What a source's handlers wrote against what the provider was answered.</summary>
internal sealed record ReceivingReckoning
{
    /// <summary>Webhooks of which a copy was accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>Webhooks of which no copy was accepted: they may be stored or not.</summary>
    public required int Uncertain { get; init; }

    /// <summary>What the handlers wrote.</summary>
    public required int Effects { get; init; }

    /// <summary>Effects of a webhook that had one already.</summary>
    public required int Doubled { get; init; }

    /// <summary>Accepted webhooks without an effect.</summary>
    public required IReadOnlyList<MessageId> Lost { get; init; }

    /// <summary>Effects of webhooks whose signature was wrong, or that nobody sent.</summary>
    public required IReadOnlyList<Effect> Ghosts { get; init; }

    public static ReceivingReckoning Of(string source, Provider provider, IEnumerable<Effect> all)
    {
        var effects = all.Where(effect => effect.Source == source).ToLookup(effect => effect.Webhook);
        var webhooks = provider.Webhooks.Where(webhook => webhook.Source == source && !webhook.IsForged)
            .ToDictionary(webhook => webhook.Id.Value);
        return new ReceivingReckoning
        {
            Accepted = webhooks.Values.Count(webhook => webhook.Accepted > 0),
            Uncertain = webhooks.Values.Count(webhook => webhook.Accepted == 0),
            Effects = effects.Sum(webhook => webhook.Count()),
            Doubled = effects.Sum(webhook => webhook.Count() - 1),
            Lost = [.. webhooks.Values.Where(webhook => webhook.Accepted > 0 && !effects.Contains(webhook.Id.Value))
                .Select(webhook => webhook.Id)],
            Ghosts = [.. effects.Where(webhook => !webhooks.ContainsKey(webhook.Key)).SelectMany(webhook => webhook)],
        };
    }

    public override string ToString()
        => $"accepted {Accepted}, uncertain {Uncertain}, effects {Effects}, doubled {Doubled}, lost {Lost.Count}, "
            + $"ghosts {Ghosts.Count}";
}
