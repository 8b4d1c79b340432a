using System.Net;

namespace Webhooks.Tests.Network;

/// <summary>Answers each lookup from a script; the last answer stays.</summary>
internal sealed class ScriptedResolver(params string[][] answers) : NetworkResolver
{
    private int _lookups;

    public int Lookups => _lookups;

    public static ScriptedResolver Always(params string[] answer) => new(answer);

    public override ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var lookup = Interlocked.Increment(ref _lookups) - 1;
        IReadOnlyList<IPAddress> answer = answers.Length == 0
            ? []
            : [.. answers[Math.Min(lookup, answers.Length - 1)].Select(IPAddress.Parse)];

        return ValueTask.FromResult(answer);
    }
}
