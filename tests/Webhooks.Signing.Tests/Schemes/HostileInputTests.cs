using System.Buffers;

namespace Webhooks;

public class HostileInputTests
{
    private static readonly HmacSignatureScheme Scheme = SignatureSchemes.StandardWebhooks;

    [Theory]
    [InlineData("1674087231\0")]
    [InlineData("1674087231\n")]
    [InlineData("٠")]
    [InlineData("9999999999999999999999")]
    [InlineData("1e9")]
    public void Verify_refuses_a_timestamp_that_is_not_plain_digits(string timestamp)
    {
        var headers = Some.Signed(Scheme, [], The.SigningSecret);
        headers["webhook-timestamp"] = timestamp;

        Assert.Equal(VerificationOutcome.MalformedTimestamp, Verify(headers, []).Outcome);
    }

    [Theory]
    [InlineData("2023-01-19T00:13:51Z", true)]
    [InlineData("2023-01-19T00:13:51.1Z", true)]
    [InlineData("2023-01-19T00:13:51.123456789Z", true)]
    [InlineData("2023-01-18T16:13:51-08:00", true)]
    [InlineData("2023-01-19T00:13:51", false)]
    [InlineData("2023-01-19T00:13:51.Z", false)]
    [InlineData("2023-01-19T00:13:51.1234567890Z", false)]
    [InlineData("2023-02-30T00:13:51Z", false)]
    [InlineData("2023-01-19T00:13:51z", false)]
    [InlineData("2023-01-19 00:13:51Z", false)]
    [InlineData("2023-01-19T00:13:51+2:00", false)]
    [InlineData("2023-01-19T00:13:51+24:00", false)]
    [InlineData("٢023-01-19T00:13:51Z", false)]
    [InlineData("Thu, 19 Jan 2023 00:13:51 GMT", false)]
    public void Verify_reads_dates_only_in_the_form_of_RFC_3339(string timestamp, bool accepted)
    {
        var scheme = DeclaredSchemes.Find("box");
        using var secret = Some.SecretFor(scheme);
        var headers = new HeaderList
        {
            ["box-delivery-timestamp"] = timestamp,
            ["box-signature-primary"] = Convert.ToBase64String(new byte[32]),
        };

        var outcome = scheme.Verify(headers.ToContext(The.Now, secret), []).Outcome;

        Assert.Equal(accepted ? VerificationOutcome.SignatureMismatch : VerificationOutcome.MalformedTimestamp, outcome);
    }

    [Fact]
    public void Verify_gives_up_on_a_list_of_a_thousand_signatures_even_if_one_is_right()
    {
        var headers = Some.Signed(Scheme, [], The.SigningSecret);
        headers["webhook-signature"] = string.Join(' ', Enumerable.Repeat(headers["webhook-signature"], 1000));

        Assert.Equal(VerificationOutcome.TooManySignatures, Verify(headers, []).Outcome);
    }

    [Theory]
    [InlineData(0, 32, VerificationOutcome.MalformedHeader)]
    [InlineData(0, 33, VerificationOutcome.TooManySignatures)]
    [InlineData(1, 32, VerificationOutcome.SignatureMismatch)]
    [InlineData(1, 33, VerificationOutcome.TooManySignatures)]
    public void Verify_counts_the_signatures_of_named_items_whether_or_not_a_timestamp_is_among_them(
        int timestamps, int signatures, VerificationOutcome expected)
    {
        using var secret = SigningSecret.FromText("secret");
        var items = Enumerable.Repeat("t=1674087231", timestamps)
            .Concat(Enumerable.Repeat("v1=" + new string('0', 64), signatures));
        var headers = new HeaderList { ["Stripe-Signature"] = string.Join(',', items) };

        var outcome = SignatureSchemes.Stripe.Verify(headers.ToContext(The.Now, secret), []).Outcome;

        Assert.Equal(expected, outcome);
    }

    [Theory]
    [InlineData("250000000000000", false)]
    [InlineData("260000000000000", true)]
    public void Verify_refuses_a_signed_timestamp_that_no_calendar_has(string timestamp, bool isBeyond)
    {
        var scheme = new HmacSignatureScheme("acme", new SignatureLayout
        {
            SignatureHeader = "X-Signature",
            TimestampHeader = "X-Timestamp",
            TimestampFormat = TimestampFormat.UnixMilliseconds,
        });
        using var secret = SigningSecret.FromText("secret");
        var headers = Some.Signed(scheme, [], secret);
        headers["X-Timestamp"] = timestamp;
        var context = headers.ToContext(The.Now, secret) with { Tolerance = TimeSpan.MaxValue };

        var outcome = scheme.Verify(context, []).Outcome;

        Assert.Equal(isBeyond ? VerificationOutcome.TimestampTooNew : VerificationOutcome.Verified, outcome);
    }

    [Fact]
    public void Verify_takes_a_body_of_a_hundred_megabytes()
    {
        var body = new byte[100 * 1024 * 1024];
        var headers = Some.Signed(Scheme, body, The.SigningSecret);

        Assert.True(Verify(headers, body).IsVerified);
        body[^1] ^= 1;
        Assert.Equal(VerificationOutcome.SignatureMismatch, Verify(headers, body).Outcome);
    }

    [Fact]
    public void Verify_takes_a_body_in_segments()
    {
        var body = Some.Body(10_000);
        var headers = Some.Signed(Scheme, body, The.SigningSecret);
        var first = new Segment(body.AsMemory(0, 1), null);
        var last = new Segment(body.AsMemory(1), first);

        var result = Scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));

        Assert.True(result.IsVerified);
    }

    [Theory]
    [InlineData("msg_é")]
    [InlineData("msg_\u0001")]
    [InlineData("msg_\u007f")]
    public void Verify_refuses_an_id_that_is_not_printable_ASCII(string id)
    {
        var headers = Some.Signed(Scheme, [], The.SigningSecret);
        headers["webhook-id"] = id;

        Assert.Equal(VerificationOutcome.MalformedHeader, Verify(headers, []).Outcome);
    }

    [Fact]
    public void Verify_allocates_nothing()
    {
        var body = Some.Body(16 * 1024);
        var context = Some.Signed(Scheme, body, The.SigningSecret).ToContext(The.Now, The.SigningSecret);

        // Other tests share the pools, and methods are compiled on their first calls: the least of some rounds counts.
        var least = Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = Scheme.Verify(context, body);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(result.IsVerified);
            return allocated;
        });

        Assert.Equal(0, least);
    }

    [Fact]
    public void Verify_is_safe_for_many_threads_at_once()
    {
        var bodies = Enumerable.Range(0, 64).Select(index => Some.Body(index * 17)).ToArray();
        var contexts = bodies.Select(body => Some.Signed(Scheme, body, The.SigningSecret).ToContext(The.Now, The.SigningSecret)).ToArray();

        var wrong = 0;
        Parallel.For(0, 20_000, round =>
        {
            var (mine, other) = (round % 64, (round + 1) % 64);
            if (!Scheme.Verify(contexts[mine], bodies[mine]).IsVerified || Scheme.Verify(contexts[mine], bodies[other]).IsVerified)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void An_abandoned_verification_leaves_nothing_for_the_next_one()
    {
        var body = Some.Body();
        var context = Some.Signed(Scheme, body, The.SigningSecret).ToContext(The.Now, The.SigningSecret);
        Assert.True(Scheme.TryBeginVerification(context, out var abandoned, out _));
        abandoned.Append(Some.Body());
        abandoned.Dispose();
        abandoned.Dispose();

        Assert.True(Scheme.Verify(context, body).IsVerified);
    }

    [Fact]
    public void What_is_appended_too_late_leaves_nothing_for_the_next_one()
    {
        var body = Some.Body();
        using var secret = SigningSecret.Generate();
        var context = Some.Signed(Scheme, body, secret).ToContext(The.Now, secret);
        Assert.True(Scheme.TryBeginVerification(context, out var late, out _));
        late.Append(body);
        late.Complete();
        late.Append(Some.Body(10_000));
        late.Dispose();

        Assert.True(Scheme.Verify(context, body).IsVerified);
    }

    private static VerificationResult Verify(HeaderList headers, byte[] body) =>
        Scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), body);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }

    [Fact]
    public void Verify_refuses_a_signature_in_base64url_with_stray_bits()
    {
        var scheme = new HmacSignatureScheme(
            "any", new SignatureLayout { SignatureHeader = "X-Signature", Encoding = SignatureEncoding.Base64Url });
        var headers = Some.Signed(scheme, [], The.SigningSecret);
        var signature = headers["X-Signature"];
        headers["X-Signature"] = signature[..^1] + "B";

        var result = scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), []);

        Assert.Equal(VerificationOutcome.MalformedSignature, result.Outcome);
    }

    [Fact]
    public void Verify_takes_no_timestamp_from_an_item_without_a_name()
    {
        var scheme = new HmacSignatureScheme("any", new SignatureLayout
        {
            SignatureHeader = "X-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            SignatureItem = "h1",
        });
        var headers = Some.Signed(scheme, [], The.SigningSecret);
        headers["X-Signature"] += $",={The.Now.ToUnixTimeSeconds()}";

        var result = scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), []);

        Assert.True(result.IsVerified);
        Assert.Null(result.Timestamp);
    }
}
