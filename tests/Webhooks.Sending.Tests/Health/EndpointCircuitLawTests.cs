using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Health;

/// <summary>What holds of a circuit whatever happens, in whatever order.</summary>
public sealed class EndpointCircuitLawTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(200);

    [Fact]
    public void While_open_nothing_starts_before_the_pause_is_over_and_then_one_request_at_a_time()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script);
            return lane.Play(() => lane.Allowed switch
            {
                0 => true,
                _ when !lane.Circuit.IsOpen => lane.InFlight + lane.Allowed <= Lane.Concurrency,
                _ => lane is { Allowed: 1, InFlight: 0, Circuit.RemainingPause: null },
            });
        }));

    [Fact]
    public void A_pause_never_ends_early_and_never_lasts_longer_than_the_longest()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script);
            return lane.Play(() => lane.Circuit.RemainingPause is not { } remaining
                || (remaining > TimeSpan.Zero && remaining <= lane.Options.MaxCircuitPause));
        }));

    [Fact]
    public void The_pause_after_a_failed_probe_is_never_shorter_than_the_one_before_but_for_jitter()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script, receiverAsksToWait: false);
            var before = TimeSpan.Zero;
            return lane.Play(() =>
            {
                if (!lane.Circuit.IsOpen)
                    before = TimeSpan.Zero;
                if (!lane.ProbeFailed)
                    return true;

                var pause = lane.Circuit.RemainingPause ?? TimeSpan.Zero;
                var grows = pause >= Min(before, lane.Options.MaxCircuitPause * 0.9);
                before = pause;
                return grows;
            });
        }));

    [Fact]
    public void It_opens_after_the_threshold_at_the_latest_and_a_probes_success_closes_it()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script);
            return lane.Play(() =>
                (lane.FailuresInARow < lane.Options.CircuitThreshold || lane.Circuit.IsOpen)
                && (!lane.ProbeSucceeded || lane.Circuit is { IsOpen: false, RemainingPause: null }));
        }));

    [Fact]
    public void It_says_opened_and_closed_by_turns()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script);
            var isOpen = false;
            return lane.Play(() =>
            {
                var inTurn = lane.Change switch
                {
                    CircuitChange.Opened => !isOpen,
                    CircuitChange.Closed => isOpen,
                    _ => true,
                };
                isOpen = lane.Change == CircuitChange.None ? isOpen : lane.Change == CircuitChange.Opened;
                return inTurn && isOpen == lane.Circuit.IsOpen;
            });
        }));

    [Fact]
    public void However_it_failed_waiting_and_one_success_bring_it_back()
        => Check.One(Runs, Prop.ForAll(Scripts, script =>
        {
            var lane = new Lane(script);
            lane.Play(() => true);
            lane.Drain();
            lane.Clock.Advance(lane.Options.MaxCircuitPause);
            var probe = lane.Circuit.Allow(Lane.Concurrency, 0);
            lane.Circuit.Record(Attempt(204));
            return probe >= 1 && !lane.Circuit.IsOpen && lane.Circuit.Allow(Lane.Concurrency, 0) == Lane.Concurrency;
        }));

    private static Arbitrary<int[]> Scripts => Gen.Choose(0, int.MaxValue).ArrayOf().ToArbitrary();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static WebhookAttempt Attempt(int status, TimeSpan? retryAfter = null) => new(
        1, The.Now, TimeSpan.Zero,
        new AttemptOutcome(status < 300 ? WebhookErrorKind.None : WebhookErrorKind.HttpStatus)
        {
            StatusCode = status,
            RetryAfter = retryAfter,
        });

    /// <summary>Starts, ends and waits as the numbers of a script say: they are its dice.</summary>
    private sealed class Lane
    {
        public const int Concurrency = 4;

        private readonly int[] _script;
        private readonly bool _receiverAsksToWait;
        private int _probes;

        public Lane(int[] script, bool receiverAsksToWait = true)
        {
            _script = script;
            _receiverAsksToWait = receiverAsksToWait;
            var seed = script.Length == 0 ? 1 : script[0];
            Options = new WebhookDeliveryOptions
            {
                CircuitThreshold = 1 + (seed % 5),
                CircuitPause = TimeSpan.FromMilliseconds(1 + (seed % 10_000)),
                MaxCircuitPause = TimeSpan.FromMilliseconds(10_000 + (seed % 100_000)),
            };
            Circuit = new EndpointCircuit(Options, Clock, new Random(seed));
        }

        public FakeTimeProvider Clock { get; } = new(The.Now);

        public WebhookDeliveryOptions Options { get; }

        public EndpointCircuit Circuit { get; }

        public int InFlight { get; private set; }

        public int Allowed { get; private set; }

        public CircuitChange Change { get; private set; }

        public int FailuresInARow { get; private set; }

        public bool ProbeFailed { get; private set; }

        public bool ProbeSucceeded { get; private set; }

        public bool Play(Func<bool> holds)
        {
            foreach (var dice in _script)
            {
                (Change, ProbeFailed, ProbeSucceeded) = (CircuitChange.None, false, false);
                Step(dice % 4, dice / 4);
                Allowed = Circuit.Allow(Concurrency, InFlight);
                if (!holds())
                    return false;
            }

            return true;
        }

        public void Drain() => InFlight = 0;

        private void Step(int kind, int dice)
        {
            if (kind == 0)
                Clock.Advance(TimeSpan.FromMilliseconds(dice % 30_000));
            else if (kind == 1)
                Start();
            else if (InFlight > 0)
                End(dice % 8, TimeSpan.FromMilliseconds(dice % 200_000));
        }

        private void Start()
        {
            var allowed = Circuit.Allow(Concurrency, InFlight);
            if (allowed == 0)
                return;

            _probes += Circuit.IsOpen ? 1 : 0;
            InFlight++;
        }

        private void End(int kind, TimeSpan retryAfter)
        {
            var wasProbe = _probes > 0;
            _probes = 0;
            InFlight--;
            var attempt = kind switch
            {
                0 => Attempt(204),
                1 => Attempt(404),
                2 when _receiverAsksToWait => Attempt(503, retryAfter),
                _ => Attempt(500),
            };
            Change = Circuit.Record(attempt);
            FailuresInARow = kind switch
            {
                0 => 0,
                1 => FailuresInARow,
                _ => FailuresInARow + 1,
            };
            FailuresInARow = Change == CircuitChange.Closed ? 0 : FailuresInARow;
            ProbeSucceeded = wasProbe && kind == 0;
            ProbeFailed = wasProbe && kind > 1;
        }
    }
}
