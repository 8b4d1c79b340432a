using System.Globalization;
using System.Net;

namespace Webhooks.Simulation;

/// <summary>Whoever stands behind an endpoint.</summary>
internal sealed class Receiver(SimulatedTime time, Random random, TimeSpan timeout)
{
    private static readonly Behaviour[] Moods =
        [Behaviour.Good, Behaviour.Good, Behaviour.Good, Behaviour.Fails, Behaviour.Resets, Behaviour.Slow, Behaviour.Overloaded];

    private static readonly HttpStatusCode[] Failures =
        [HttpStatusCode.InternalServerError, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.BadGateway];

    /// <summary>Whether it is good all the time, so that what comes late to it was held up by others.</summary>
    public bool IsAlwaysGood { get; init; }

    public Behaviour Behaviour { get; set; }

    /// <summary>The endpoint's number, once it is stored.</summary>
    public long EndpointNumber { get; set; }

    public async Task<HttpResponseMessage> AnswerAsync(CancellationToken cancellationToken)
    {
        var mood = Behaviour == Behaviour.Moody ? Moods[random.Next(Moods.Length)] : Behaviour;
        var wait = mood switch
        {
            Behaviour.Hangs => Timeout.InfiniteTimeSpan,
            Behaviour.Slow => timeout * (0.2 + (1.3 * random.NextDouble())),
            _ => TimeSpan.FromMilliseconds(random.Next(30)),
        };
        await time.DelayAsync(wait, cancellationToken);
        return mood switch
        {
            Behaviour.Resets => throw new HttpRequestException(HttpRequestError.ConnectionError),
            Behaviour.Fails => new HttpResponseMessage(Failures[random.Next(Failures.Length)]),
            Behaviour.Gone => new HttpResponseMessage(HttpStatusCode.Gone),
            Behaviour.Overloaded => Overloaded(),
            _ => new HttpResponseMessage(HttpStatusCode.NoContent),
        };
    }

    private HttpResponseMessage Overloaded()
    {
        var response = new HttpResponseMessage(
            random.Next(2) == 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.ServiceUnavailable);
        if (random.Next(3) > 0)
            response.Headers.Add("Retry-After", random.Next(1, 60).ToString(CultureInfo.InvariantCulture));
        return response;
    }
}
