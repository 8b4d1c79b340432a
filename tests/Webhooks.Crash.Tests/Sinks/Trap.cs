using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Crash;

/// <summary>
/// Holds every attempt of some nodes until it is released, and answers 500 then; accepts those of all others at once.
/// </summary>
internal sealed class Trap(IEnumerable<string> victims)
{
    private readonly HashSet<string> _victims = [.. victims];
    private readonly ConcurrentDictionary<string, int> _caught = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The nodes of which attempts are held.</summary>
    public ICollection<string> Caught => _caught.Keys;

    public async Task<bool> AnswerAsync(HttpContext context, Attempt attempt)
    {
        if (!_victims.Contains(attempt.Node))
            return await Answers.Ok(context, attempt);

        _caught.AddOrUpdate(attempt.Node, 1, (_, before) => before + 1);
        await _release.Task;
        return await Answers.ServerError(context, attempt);
    }

    public void Release() => _release.SetResult();
}
