using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Retries;

public sealed class RetryAfterTests
{
    private static readonly TimeSpan Max = TimeSpan.FromHours(24);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120\t", 120)]
    [InlineData("007", 7)]
    [InlineData("86399", 86399)]
    [InlineData("86401", 86400)]
    [InlineData("999999999999999999999999999999999999", 86400)]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Monday, 23-Nov-26 12:00:30 GMT", 30)]
    [InlineData("Mon Nov 23 12:00:30 2026", 30)]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT", 86400)]
    public void Seconds_and_dates_are_understood_and_bounded(string value, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, The.Now, Max));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("120.1")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("12 0")]
    [InlineData("12\0")]
    [InlineData("١٢٠")]
    [InlineData("soon")]
    [InlineData("120, 130")]
    [InlineData("Mon, 23 Nov 2026 11:59:59 GMT")]
    [InlineData("Mon, 23 Nov 2026 12:00:30 CET")]
    [InlineData("2026-11-23T12:00:30Z")]
    [InlineData("Sun, 23 Nov 2026 12:00:30 GMT")]
    public void What_cannot_be_trusted_is_ignored(string value)
        => Assert.Null(RetryAfter.Parse(value, The.Now, Max));

    [Fact]
    public void Any_text_gives_nothing_or_a_wait_within_the_bounds()
    {
        var law = Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text => RetryAfter.Parse(text, The.Now, Max) is not { } wait || (wait >= TimeSpan.Zero && wait <= Max));

        Check.One(Config.QuickThrowOnFailure, law);
    }

    [Fact]
    public void A_date_says_the_same_as_its_distance_in_seconds()
    {
        var law = Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(),
            seconds => RetryAfter.Parse(The.Now.AddSeconds(seconds.Get).ToString("r", CultureInfo.InvariantCulture), The.Now, Max)
                == RetryAfter.Parse(seconds.Get.ToString(CultureInfo.InvariantCulture), The.Now, Max));

        Check.One(Config.QuickThrowOnFailure, law);
    }

    [Fact]
    public void Honouring_it_only_ever_delays()
    {
        var law = Prop.ForAll(
            ArbMap.Default.ArbFor<NonNegativeInt>(),
            ArbMap.Default.ArbFor<NonNegativeInt>(),
            (policySeconds, askedSeconds) =>
            {
                var policy = RetryPolicy.Fixed(TimeSpan.FromSeconds(policySeconds.Get), 10);
                var asked = RetryAfter.Parse(askedSeconds.Get.ToString(CultureInfo.InvariantCulture), The.Now, Max);
                var decision = RetryPlan.Next(policy, Some.RetryContext(retryAfter: asked));
                return decision.ShouldRetry
                    && decision.Delay == TimeSpan.FromSeconds(Math.Max(policySeconds.Get, asked!.Value.TotalSeconds));
            });

        Check.One(Config.QuickThrowOnFailure, law);
    }
}
