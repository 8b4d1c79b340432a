namespace Webhooks;

public class SignatureLayoutTests
{
    private static readonly SignatureLayout Layout = new() { SignatureHeader = "X-Signature" };

    public static TheoryData<SignatureLayout, string> Misfits => new()
    {
        { Layout with { SignatureHeader = " " }, "SignatureHeader" },
        { Layout with { MaximumSignatures = 0 }, "MaximumSignatures" },
        { Layout with { Tolerance = TimeSpan.Zero }, "Tolerance" },
        { Layout with { TimestampItem = "t" }, "TimestampItem" },
        { Layout with { TimestampItem = "t", TimestampHeader = "X-Time" }, "TimestampItem" },
        { Layout with { SignedContent = "{timestamp}{body}" }, "SignedContent" },
        { Layout with { SignedContent = "{id}{body}" }, "SignedContent" },
        { Layout with { SignedContent = "no body" }, "SignedContent" },
        { Layout with { SignedContent = "{body}{body}" }, "SignedContent" },
        { Layout with { SignedContent = "{body}{nonce}" }, "nonce" },
        { Layout with { SignedContent = "{body}{" }, "SignedContent" },
    };

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public void A_layout_that_does_not_fit_together_is_refused_by_name(SignatureLayout layout, string name)
    {
        var fault = Assert.ThrowsAny<ArgumentException>(() => new HmacSignatureScheme("misfit", layout));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureEncoding.Base64, HmacAlgorithm.Sha1)]
    [InlineData(SignatureEncoding.Base64Url, HmacAlgorithm.Sha256)]
    [InlineData(SignatureEncoding.Base64Url, HmacAlgorithm.Sha512)]
    [InlineData(SignatureEncoding.Hex, HmacAlgorithm.Sha512)]
    public void Every_encoding_and_algorithm_round_trips(SignatureEncoding encoding, HmacAlgorithm algorithm)
    {
        var scheme = new HmacSignatureScheme("any", Layout with { Encoding = encoding, SignedContent = "{method} {url} {body}" }, algorithm);
        var body = Some.Body();

        var headers = Some.Signed(scheme, body, The.SigningSecret);

        Assert.True(scheme.Verify(headers.ToContext(The.Now, The.SigningSecret), body).IsVerified);
        Assert.False(scheme.Verify(headers.ToContext(The.Now, The.SigningSecret) with { Method = "PUT" }, body).IsVerified);
        Assert.False(scheme.Verify(headers.ToContext(The.Now, The.SigningSecret) with { Url = "https://other.example.com" }, body).IsVerified);
    }

    [Fact]
    public void A_scheme_that_signs_the_url_asks_for_it()
    {
        var scheme = new HmacSignatureScheme("url", Layout with { SignedContent = "{url}{body}" });

        Assert.Throws<InvalidOperationException>(() =>
            scheme.Sign(Some.Context(The.SigningSecret) with { Url = null }, [], new HeaderList()));
    }

    [Fact]
    public void A_long_url_is_signed_whole()
    {
        var scheme = new HmacSignatureScheme("url", Layout with { SignedContent = "{url}{body}" });
        var url = "https://receiver.example.com/" + new string('ü', 5000);
        var headers = new HeaderList();
        scheme.Sign(Some.Context(The.SigningSecret) with { Url = url }, [], headers);

        Assert.True(scheme.Verify(headers.ToContext(The.Now, The.SigningSecret) with { Url = url }, []).IsVerified);
        Assert.False(scheme.Verify(headers.ToContext(The.Now, The.SigningSecret) with { Url = url[..^1] + 'u' }, []).IsVerified);
    }

    [Fact]
    public void Sign_writes_id_time_event_type_and_signature()
    {
        var layout = Layout with
        {
            TimestampHeader = "X-Time",
            TimestampFormat = TimestampFormat.Rfc3339,
            SignedContent = "{id}{timestamp}{body}",
            Fields = new MessageFields { IdHeader = "X-Id", EventTypeHeader = "X-Type" },
        };
        var scheme = new HmacSignatureScheme("all", layout);
        var context = Some.Context(The.SigningSecret);
        var headers = new HeaderList();

        scheme.Sign(context, [], headers);

        Assert.Equal(context.MessageId.Value, headers["X-Id"]);
        Assert.Equal("2023-01-19T00:13:51.000Z", headers["X-Time"]);
        Assert.Equal("invoice.paid", headers["X-Type"]);
        Assert.Equal(scheme.Headers, headers.Select(header => header.Key));
    }

    [Theory]
    [InlineData("QUJDRA==", true)]
    [InlineData("QUJDRB==", false)]
    [InlineData("QUJDRA=", false)]
    [InlineData("QUJDRA", false)]
    [InlineData("QUJ DRA==", false)]
    [InlineData("QUJDRA==\n", false)]
    [InlineData("QUJDR===", false)]
    [InlineData("QUJDRA==AAAA", false)]
    public void Base64_is_read_only_in_its_one_canonical_form(string text, bool canonical)
    {
        Assert.Equal(canonical, SigningSecret.TryParse(text, SecretFormat.Base64, out _));
    }
}
