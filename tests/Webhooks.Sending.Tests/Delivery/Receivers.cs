using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

/// <summary>Stands in for all receivers: answers as a test says, and notes who got what.</summary>
internal sealed class Receivers(FakeTimeProvider clock) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private readonly ConcurrentDictionary<string, int> _inFlight = new();
    private readonly ConcurrentDictionary<string, int> _mostInFlight = new();
    private int _hanging;

    /// <summary>How a receiver answers, by the first part of its host name and the number of its request, from
    /// 1.</summary>
    public Func<string, int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; }
        = (_, _, _) => Task.FromResult(Some.Response());

    /// <summary>Sees the body of each request.</summary>
    public Action<string>? Read { get; set; }

    /// <summary>How all receivers answer to a message, by how often it has come, from 1; null for
    /// <see cref="Answer"/>.</summary>
    public Func<int, HttpResponseMessage>? AnswerToTry { get; set; }

    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    public int Count => _arrivals.Count;

    /// <summary>How many requests wait for an answer that hasn't been given yet.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    public static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Infinity is over.");
    }

    public int CountOf(string receiver) => _arrivals.Count(arrival => arrival.Receiver == receiver);

    /// <summary>The most requests that were with one receiver, or with all (an empty name), at a time.</summary>
    public int MostInFlight(string receiver = "") => _mostInFlight.GetValueOrDefault(receiver);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var receiver = request.RequestUri!.Host.Split('.')[0];
        var messageId = request.Headers.GetValues("webhook-id").Single();
        if (Read is not null)
            Read(await request.Content!.ReadAsStringAsync(cancellationToken));
        int number, tries;
        lock (_arrivals)
        {
            number = CountOf(receiver) + 1;
            tries = AnswerToTry is null ? 1 : _arrivals.Count(arrival => arrival.MessageId == messageId) + 1;
            _arrivals.Enqueue(new Arrival(receiver, messageId, clock.GetUtcNow()));
        }

        Enter(receiver);
        Enter("");
        var answer = AnswerToTry is { } answerToTry
            ? Task.FromResult(answerToTry(tries))
            : Answer(receiver, number, cancellationToken);
        var hangs = !answer.IsCompleted;
        if (hangs)
            Interlocked.Increment(ref _hanging);
        try
        {
            return await answer;
        }
        finally
        {
            if (hangs)
                Interlocked.Decrement(ref _hanging);
            Leave(receiver);
            Leave("");
        }
    }

    private void Enter(string receiver)
    {
        var now = _inFlight.AddOrUpdate(receiver, 1, static (_, count) => count + 1);
        _mostInFlight.AddOrUpdate(receiver, now, (_, most) => Math.Max(most, now));
    }

    private void Leave(string receiver) => _inFlight.AddOrUpdate(receiver, 0, static (_, count) => count - 1);

    internal sealed record Arrival(string Receiver, string MessageId, DateTimeOffset At);
}
