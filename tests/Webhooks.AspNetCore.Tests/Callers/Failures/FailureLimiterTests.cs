using System.Net;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

public class FailureLimiterTests
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new(The.Now);
    private readonly FakeLogCollector _logs = new();
    private readonly FailureLimiter _limiter;
    private readonly WebhookSource _source = SourceOf("billing", new WebhookFailureLimitOptions { Burst = 3 });

    public FailureLimiterTests() => _limiter = new FailureLimiter(_time, new FakeLogger<WebhookVerifier>(_logs));

    [Fact]
    public void A_caller_is_limited_once_it_has_failed_as_often_as_it_may()
    {
        var passed = Enumerable.Range(0, 10).Count(_ => TryFail(_source, Address));

        Assert.Equal(3, passed);
        Assert.False(_limiter.TryPass(_source, Address, out _, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);
        Assert.Equal(594, Assert.Single(_logs.GetSnapshot()).Id.Id);
    }

    [Fact]
    public void One_request_an_interval_passes_however_many_knock()
    {
        Exhaust(_source, Address);

        var passed = 0;
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            passed += Enumerable.Range(0, 100).Count(_ => TryFail(_source, Address));
        }

        Assert.Equal(10, passed);
    }

    [Fact]
    public void Of_those_who_knock_at_once_one_passes()
    {
        Exhaust(_source, Address);
        _time.Advance(TimeSpan.FromSeconds(1));

        var passed = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_limiter.TryPass(_source, Address, out var _, out var _))
                Interlocked.Increment(ref passed);
        });

        Assert.Equal(1, passed);
    }

    [Fact]
    public void A_caller_that_keeps_quiet_for_long_enough_starts_anew()
    {
        Exhaust(_source, Address);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => TryFail(_source, Address)));
    }

    [Fact]
    public void A_mended_sender_is_free_as_soon_as_one_of_its_requests_passes()
    {
        Exhaust(_source, Address);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_limiter.TryPass(_source, Address, out _, out _));
        _limiter.Succeed(_source, Address);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(TryFail(_source, Address)));
    }

    [Fact]
    public void The_exemption_ends_when_nothing_was_verified_for_its_time()
    {
        _limiter.Succeed(_source, Address);
        _time.Advance(TimeSpan.FromHours(23));
        _limiter.Succeed(_source, Address);
        _time.Advance(TimeSpan.FromHours(23));
        var exempt = Enumerable.Range(0, 10).Count(_ => TryFail(_source, Address));

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(10, exempt);
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => TryFail(_source, Address)));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", true)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", false)]
    [InlineData("192.0.2.7", "192.0.2.8", true)]
    [InlineData("fe80::1%1", "fe80::2%2", false)]
    public void Ipv4_addresses_count_alone_and_ipv6_addresses_with_their_network(string first, string second, bool isOther)
    {
        Exhaust(_source, IPAddress.Parse(first));

        Assert.Equal(isOther, _limiter.TryPass(_source, IPAddress.Parse(second), out _, out _));
    }

    [Fact]
    public void Each_source_counts_for_itself_and_whoever_has_no_address_is_not_counted()
    {
        var other = SourceOf("other", new WebhookFailureLimitOptions { Burst = 3 });
        var unlimited = SourceOf("unlimited", new WebhookFailureLimitOptions { Enabled = false });
        _limiter.Succeed(other, Address);
        Exhaust(_source, Address);

        Assert.False(_limiter.TryPass(_source, Address, out _, out _));
        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => TryFail(other, Address)));
        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => TryFail(unlimited, Address)));
        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => TryFail(_source, null)));
    }

    [Fact]
    public void A_flood_from_everywhere_makes_no_proven_caller_be_forgotten()
    {
        _limiter.Succeed(_source, Address);

        for (uint index = 0; index < 100_000; index++)
            TryFail(_source, new IPAddress(0x0A00_0000L + index));

        Assert.Equal(10, Enumerable.Range(0, 10).Count(_ => TryFail(_source, Address)));
    }

    private static WebhookSource SourceOf(string name, WebhookFailureLimitOptions limit) => Sources.Compile(name, limit);

    private void Exhaust(WebhookSource source, IPAddress address)
    {
        while (TryFail(source, address))
            continue;
    }

    /// <summary>Sends a request that fails.</summary>
    /// <returns>Whether it was let pass.</returns>
    private bool TryFail(WebhookSource source, IPAddress? address)
    {
        if (!_limiter.TryPass(source, address, out var isPaid, out _))
            return false;

        _limiter.Fail(source, address, isPaid);
        return true;
    }
}
