using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests;

/// <summary>Stands in for the network: answers by a script and notes what it got. The last answer is repeated.</summary>
internal sealed class ScriptedReceiver(
    FakeTimeProvider clock, params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public static Func<HttpRequestMessage, HttpResponseMessage> Answer(
        int status = 204, params (string Name, string Value)[] headers) => _ => Some.Response(status, headers);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var received = await ReceivedRequest.ReadAsync(request, clock.GetUtcNow());
        var number = _requests.Count;
        _requests.Enqueue(received);
        return answers[Math.Min(number, answers.Length - 1)](request);
    }
}
