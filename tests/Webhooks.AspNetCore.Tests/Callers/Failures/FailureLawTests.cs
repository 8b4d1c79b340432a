using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

/// <summary>The laws of the limiter, for any order of requests and pauses from a few addresses.</summary>
public class FailureLawTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExemptFor = TimeSpan.FromMinutes(10);
    private static readonly IPAddress[] Addresses =
        [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2")];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Choose(0, 3).Select(address => new Step(address, false, TimeSpan.Zero))),
        (1, Gen.Choose(0, 3).Select(address => new Step(address, true, TimeSpan.Zero))),
        (2, Gen.Choose(1, 2000).Select(pause => new Step(-1, false, TimeSpan.FromMilliseconds(pause)))),
        (1, Gen.Choose(1, 700).Select(pause => new Step(-1, false, TimeSpan.FromSeconds(pause)))));

    [Fact]
    public void An_address_that_verifies_is_never_limited()
    {
        Prop.ForAll(Steps.ListOf(400).ToArbitrary(), steps =>
        {
            var run = new Run();
            return steps.All(step => run.Take(step) || !run.IsProven(step.Address));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Addresses_that_do_not_verify_fail_no_more_than_the_burst_and_once_an_interval()
    {
        Prop.ForAll(Steps.Where(step => !step.Verifies).ListOf(400).ToArbitrary(), steps =>
        {
            var run = new Run();
            foreach (var step in steps)
                run.Take(step);
            return run.Failed.All(failed => failed.Value <= Run.Burst + 1 + (run.Elapsed / Interval));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void After_an_interval_of_quiet_one_request_passes()
    {
        Prop.ForAll(Steps.ListOf(400).ToArbitrary(), steps =>
        {
            var run = new Run();
            foreach (var step in steps)
                run.Take(step);
            run.Take(new Step(-1, false, Interval));
            return Enumerable.Range(0, Addresses.Length).Where(index => index != 3).All(index => run.Take(new Step(index, true, default)));
        }).QuickCheckThrowOnFailure();
    }

    private sealed record Step(int Address, bool Verifies, TimeSpan Pause);

    private sealed class Run
    {
        public const int Burst = 5;

        private readonly FakeTimeProvider _time = new(The.Now);
        private readonly FailureLimiter _limiter;
        private readonly Dictionary<int, DateTimeOffset> _proven = [];
        private readonly WebhookSource _source = Sources.Compile(
            "billing", new WebhookFailureLimitOptions { Burst = Burst, Interval = Interval, ExemptFor = ExemptFor });

        public Run() => _limiter = new FailureLimiter(_time, NullLogger<WebhookVerifier>.Instance);

        public Dictionary<int, int> Failed { get; } = [];

        public TimeSpan Elapsed => _time.GetUtcNow() - The.Now;

        /// <summary>The limiter may be late by half a minute in noting that an address verified again.</summary>
        public bool IsProven(int address) => _proven.TryGetValue(NetworkOf(address), out var at)
            && _time.GetUtcNow() - at < ExemptFor - TimeSpan.FromSeconds(30);

        public bool Take(Step step)
        {
            _time.Advance(step.Pause);
            if (step.Address < 0)
                return true;
            if (!_limiter.TryPass(_source, Addresses[step.Address], out var isPaid, out _))
                return false;

            if (step.Verifies)
            {
                _limiter.Succeed(_source, Addresses[step.Address]);
                _proven[NetworkOf(step.Address)] = _time.GetUtcNow();
                return true;
            }

            _limiter.Fail(_source, Addresses[step.Address], isPaid);
            Failed[NetworkOf(step.Address)] = Failed.GetValueOrDefault(NetworkOf(step.Address)) + 1;
            return true;
        }

        // The last two addresses share a network.
        private static int NetworkOf(int address) => Math.Min(address, 2);
    }
}
