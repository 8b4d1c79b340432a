using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Health;

public sealed class EndpointCircuitTests
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly WebhookDeliveryOptions _options = new()
    {
        CircuitThreshold = 3,
        CircuitPause = TimeSpan.FromSeconds(10),
        MaxCircuitPause = TimeSpan.FromSeconds(50),
    };

    private readonly EndpointCircuit _circuit;

    public EndpointCircuitTests() => _circuit = new EndpointCircuit(_options, _clock, new FixedRandom(0));

    [Fact]
    public void A_new_circuit_allows_what_the_endpoint_allows()
    {
        Assert.Equal(10, _circuit.Allow(10, 0));
        Assert.Equal(1, _circuit.Allow(10, 9));
        Assert.Equal(0, _circuit.Allow(10, 10));
        Assert.Equal(0, _circuit.Allow(10, 11));
        Assert.Null(_circuit.RemainingPause);
    }

    [Fact]
    public void It_opens_with_the_last_of_so_many_failures_in_a_row()
    {
        CircuitChange[] changes = [Fail(), Fail(), Fail(), Fail()];

        Assert.Equal([CircuitChange.None, CircuitChange.None, CircuitChange.Opened, CircuitChange.None], changes);
        Assert.Equal(0, _circuit.Allow(10, 0));
        Assert.Equal(TimeSpan.FromSeconds(10), _circuit.RemainingPause);
    }

    [Fact]
    public void A_success_in_between_begins_the_count_anew()
    {
        CircuitChange[] changes = [Fail(), Fail(), Succeed(), Fail(), Fail()];

        Assert.All(changes, change => Assert.Equal(CircuitChange.None, change));
        Assert.Equal(10, _circuit.Allow(10, 0));
    }

    [Fact]
    public void First_attempts_that_fail_do_not_count_while_retries_are_accepted()
    {
        _circuit.Record(Attempts.With(204, number: 2));

        var changes = Enumerable.Range(0, 100).Select(_ => Fail()).ToList();

        Assert.All(changes, change => Assert.Equal(CircuitChange.None, change));
        Assert.False(_circuit.IsOpen);
    }

    [Theory]
    [InlineData(61, 204)]
    [InlineData(1, 500)]
    public void They_count_again_once_a_retry_fails_or_none_was_accepted_for_a_minute(int seconds, int status)
    {
        _circuit.Record(Attempts.With(204, number: 2));
        if (status == 500)
            _circuit.Record(Attempts.With(status, number: 2));
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        for (var i = 0; i < 3; i++)
            Fail();

        Assert.True(_circuit.IsOpen);
    }

    [Fact]
    public void After_the_pause_one_request_goes_through_and_closes_it_when_it_succeeds()
    {
        Open();

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        var early = _circuit.Allow(10, 0);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        var probe = _circuit.Allow(10, 0);
        var beside = _circuit.Allow(10, 1);
        var change = Succeed();

        Assert.Equal((0, 1, 0), (early, probe, beside));
        Assert.Equal(CircuitChange.Closed, change);
        Assert.Equal(10, _circuit.Allow(10, 0));
    }

    [Fact]
    public void Pauses_double_up_to_the_longest_while_probes_fail_and_begin_anew_after_a_success()
    {
        Open();
        var pauses = new List<double>();

        for (var i = 0; i < 5; i++)
        {
            pauses.Add(_circuit.RemainingPause!.Value.TotalSeconds);
            PassPause();
            Assert.Equal(CircuitChange.None, Fail());
        }

        PassPause();
        Succeed();
        Open();
        pauses.Add(_circuit.RemainingPause!.Value.TotalSeconds);
        Assert.Equal([10, 20, 40, 50, 50, 10], pauses);
    }

    [Fact]
    public void Jitter_shortens_a_pause_by_up_to_a_tenth()
    {
        var circuit = new EndpointCircuit(_options, _clock, new FixedRandom(1));

        for (var i = 0; i < 3; i++)
            circuit.Record(Some.Attempt(status: 500));

        Assert.Equal(TimeSpan.FromSeconds(9), circuit.RemainingPause);
    }

    [Fact]
    public void A_probe_that_ended_without_a_result_makes_room_for_another()
    {
        Open();
        _clock.Advance(TimeSpan.FromSeconds(10));

        var first = _circuit.Allow(10, 0);
        var second = _circuit.Allow(10, 0);

        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public void Failures_of_requests_from_before_the_pause_do_not_prolong_it()
    {
        Open();
        _clock.Advance(TimeSpan.FromSeconds(4));

        Fail();
        var remaining = _circuit.RemainingPause;
        _clock.Advance(TimeSpan.FromSeconds(6));
        var besideAnOldOne = _circuit.Allow(10, 1);
        Fail();

        Assert.Equal(TimeSpan.FromSeconds(6), remaining);
        Assert.Equal(0, besideAnOldOne);
        Assert.Equal(1, _circuit.Allow(10, 0));
    }

    [Fact]
    public void A_success_of_a_request_from_before_closes_it()
    {
        Open();

        Assert.Equal(CircuitChange.Closed, Succeed());
        Assert.Equal(10, _circuit.Allow(10, 0));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void A_receiver_that_asks_to_wait_is_left_alone_at_once_for_that_time(int status)
    {
        var change = Fail(status, retryAfter: 7);

        Assert.Equal(CircuitChange.Opened, change);
        Assert.Equal(TimeSpan.FromSeconds(7), _circuit.RemainingPause);
        Assert.Equal(CircuitChange.None, Succeed());
        Assert.Equal(0, _circuit.Allow(10, 0));
        PassPause();
        Assert.Equal(CircuitChange.Closed, Succeed());
    }

    [Fact]
    public void What_a_receiver_asks_for_is_bounded_by_the_longest_pause()
    {
        Fail(429, retryAfter: 86400);

        Assert.Equal(_options.MaxCircuitPause, _circuit.RemainingPause);
    }

    [Fact]
    public void A_longer_wait_asked_for_while_open_prolongs_the_pause_and_a_shorter_one_does_not()
    {
        Open();

        Fail(503, retryAfter: 3);
        var afterShorter = _circuit.RemainingPause;
        Fail(503, retryAfter: 30);

        Assert.Equal(TimeSpan.FromSeconds(10), afterShorter);
        Assert.Equal(TimeSpan.FromSeconds(30), _circuit.RemainingPause);
    }

    [Fact]
    public void A_receiver_that_asks_for_a_second_at_every_probe_is_asked_less_and_less_often()
    {
        Fail(503, retryAfter: 1);
        var pauses = new List<double>();

        for (var i = 0; i < 3; i++)
        {
            PassPause();
            Fail(503, retryAfter: 1);
            pauses.Add(_circuit.RemainingPause!.Value.TotalSeconds);
        }

        Assert.Equal([10, 20, 40], pauses);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    public void Statuses_that_say_nothing_about_the_message_count(int status) => Assert.True(Counts(Attempt(status)));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    public void Refusals_do_not_count_and_as_a_probes_answer_close_it(int status)
    {
        Assert.False(Counts(Attempt(status)));

        Open();
        PassPause();
        Assert.Equal(CircuitChange.Closed, Fail(status));
    }

    [Fact]
    public void Refusals_do_not_begin_the_count_anew()
    {
        CircuitChange[] changes = [Fail(), Fail(400), Fail(), Fail(404), Fail()];

        Assert.Equal(CircuitChange.Opened, changes[^1]);
    }

    [Fact]
    public void Every_error_but_a_message_that_does_not_fit_the_endpoint_counts()
    {
        var errors = Enum.GetValues<WebhookErrorKind>()
            .Except([WebhookErrorKind.None, WebhookErrorKind.HttpStatus, WebhookErrorKind.RequestInvalid]);

        Assert.All(errors, error => Assert.True(Counts(Attempt(error: error))));
        Assert.False(Counts(Attempt(error: WebhookErrorKind.RequestInvalid)));
    }

    [Fact]
    public void A_probe_that_was_no_request_decides_nothing()
    {
        Open();
        PassPause();

        var change = _circuit.Record(Attempt(error: WebhookErrorKind.RequestInvalid));

        Assert.Equal(CircuitChange.None, change);
        Assert.Equal(1, _circuit.Allow(10, 0));
    }

    [Fact]
    public void Retry_After_of_no_time_is_a_failure_like_others()
    {
        CircuitChange[] changes = [Fail(429, 0), Fail(503, 0), Fail(429, 0)];

        Assert.Equal([CircuitChange.None, CircuitChange.None, CircuitChange.Opened], changes);
        Assert.Equal(TimeSpan.FromSeconds(10), _circuit.RemainingPause);
    }

    [Fact]
    public void The_time_of_day_does_not_matter()
    {
        var circuit = new EndpointCircuit(_options, new ClockWithoutTimeOfDay(), new FixedRandom(0));

        for (var i = 0; i < _options.CircuitThreshold; i++)
            circuit.Record(Attempt(500));

        Assert.Equal(TimeSpan.FromSeconds(10), circuit.RemainingPause);
        Assert.Equal(0, circuit.Allow(10, 0));
    }

    private static WebhookAttempt Attempt(int status = 0, WebhookErrorKind error = WebhookErrorKind.HttpStatus)
        => new(1, The.Now, TimeSpan.Zero, new AttemptOutcome(error) { StatusCode = status });

    private bool Counts(WebhookAttempt attempt)
    {
        var circuit = new EndpointCircuit(_options, _clock, new FixedRandom(0));
        for (var i = 0; i < _options.CircuitThreshold; i++)
            circuit.Record(attempt);
        return circuit.IsOpen;
    }

    private CircuitChange Fail(int status = 500, int? retryAfter = null) => _circuit.Record(
        Some.Attempt(status: status, retryAfter: retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null));

    private CircuitChange Succeed() => _circuit.Record(Attempt(204, WebhookErrorKind.None));

    private void Open()
    {
        for (var i = 0; i < _options.CircuitThreshold; i++)
            Fail();
        Assert.NotNull(_circuit.RemainingPause);
    }

    private void PassPause()
    {
        _clock.Advance(_circuit.RemainingPause!.Value);
        Assert.Equal(1, _circuit.Allow(10, 0));
    }

    private sealed class ClockWithoutTimeOfDay : TimeProvider
    {
        public override long GetTimestamp() => 1;

        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException();
    }
}
