using FsCheck;
using FsCheck.Fluent;

namespace Webhooks;

/// <summary>What holds for every scheme: whatever is signed verifies, and nothing that was changed does.</summary>
public class SchemeLawTests
{
    public static IEnumerable<TheoryDataRow<string>> Schemes =>
        SignatureSchemes.All.OfType<HmacSignatureScheme>().Where(scheme => scheme.Layout.TimestampProperty is null)
            .Select(scheme => scheme.Name).Concat(DeclaredSchemes.Names)
            .Distinct().Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Verify_accepts_whatever_Sign_signed(string name)
    {
        var scheme = Find(name);
        using var secret = Some.SecretFor(scheme);

        Prop.ForAll<byte[]>(body =>
        {
            var result = scheme.Verify(Some.Signed(scheme, body, secret).ToContext(The.Now, secret), body);

            return result.IsVerified && result.Secret == secret;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Verify_refuses_a_body_with_one_bit_changed(string name)
    {
        var scheme = Find(name);
        using var secret = Some.SecretFor(scheme);

        Prop.ForAll(NonEmptyBodies(), Places(), (body, place) =>
        {
            var headers = Some.Signed(scheme, body, secret);
            FlipBit(body, place);

            return scheme.Verify(headers.ToContext(The.Now, secret), body).Outcome == VerificationOutcome.SignatureMismatch;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Verify_refuses_a_signed_header_with_one_bit_changed(string name)
    {
        var scheme = Find(name);
        using var secret = Some.SecretFor(scheme);
        var body = Some.Body();

        foreach (var header in SignedHeaders(scheme))
        {
            Prop.ForAll(Places(), place =>
            {
                var headers = Some.Signed(scheme, body, secret);
                var original = headers[header];
                headers[header] = FlipBit(original, place);

                // Hexadecimal digits mean the same in either case.
                return IsSameHex(scheme.Layout, original, headers[header])
                    || !scheme.Verify(headers.ToContext(The.Now, secret), body).IsVerified;
            }).QuickCheckThrowOnFailure();
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Verify_never_throws_whatever_the_headers_hold(string name)
    {
        var scheme = Find(name);
        using var secret = Some.SecretFor(scheme);
        var body = Some.Body();
        var genuine = Some.Signed(scheme, body, secret);

        Prop.ForAll(Garbled(scheme, genuine), Gen.Elements(scheme.Headers.ToArray()).ToArbitrary(), (value, header) =>
        {
            var headers = new HeaderList(genuine) { [header] = value };

            // A body that nobody signed, so that even a header left whole must be refused.
            return !scheme.Verify(headers.ToContext(The.Now, secret), [1, 2, 3]).IsVerified;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(120));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Verify_refuses_a_request_that_lacks_or_doubles_a_header(string name)
    {
        var scheme = Find(name);
        using var secret = Some.SecretFor(scheme);
        var body = Some.Body();

        foreach (var header in SignedHeaders(scheme))
        {
            var without = Some.Signed(scheme, body, secret);
            var doubled = new HeaderList(without);
            doubled.Write(header.ToUpperInvariant(), without[header]);
            without.RemoveAll(line => line.Key == header);

            Assert.Equal(VerificationOutcome.MissingHeader, scheme.Verify(without.ToContext(The.Now, secret), body).Outcome);
            Assert.Equal(VerificationOutcome.DuplicateHeader, scheme.Verify(doubled.ToContext(The.Now, secret), body).Outcome);
        }
    }

    private static HmacSignatureScheme Find(string name) =>
        SignatureSchemes.Find(name) as HmacSignatureScheme ?? DeclaredSchemes.Find(name);

    private static IEnumerable<string> SignedHeaders(HmacSignatureScheme scheme)
    {
        yield return scheme.Layout.SignatureHeader;
        if (scheme.Layout.SignedContent.Contains("{id}", StringComparison.Ordinal))
        {
            yield return scheme.Fields.IdHeader!;
        }

        if (scheme.Layout.TimestampHeader is not null)
        {
            yield return scheme.Layout.TimestampHeader;
        }
    }

    private static Arbitrary<byte[]> NonEmptyBodies() =>
        Gen.Choose(1, 300).SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length)).ToArbitrary();

    private static Arbitrary<int> Places() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>Header values put together from what parsers look for: whole pieces, fragments, separators, digits, junk.</summary>
    private static Arbitrary<string> Garbled(HmacSignatureScheme scheme, HeaderList genuine)
    {
        var signature = genuine[scheme.Layout.SignatureHeader];
        string[] pieces =
        [
            signature, signature[..(signature.Length / 2)], signature[(signature.Length / 2)..], scheme.Layout.Prefix,
            scheme.Layout.SignatureItem + "=", scheme.Layout.SignatureItem + ",", scheme.Layout.TimestampItem + "=",
            scheme.Layout.ItemSeparator.ToString(), " ", ",", "=", "\t", "1674087231", "0", "9999999999999999999", "-1", "é", "\0",
            "2023-01-19T00:13:51Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59", "T", "Z", "v0=", "\ud800",
        ];
        return Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();
    }

    private static void FlipBit(byte[] bytes, int place) => bytes[place / 8 % bytes.Length] ^= (byte)(1 << (place % 8));

    private static string FlipBit(string text, int place)
    {
        var characters = text.ToCharArray();
        characters[place / 7 % characters.Length] ^= (char)(1 << (place % 7));
        return new string(characters);
    }

    private static bool IsSameHex(SignatureLayout layout, string left, string right) =>
        layout.Encoding == SignatureEncoding.Hex
        && left.Length == right.Length
        && left.Zip(right).All(pair => pair.First == pair.Second
            || (char.IsAsciiHexDigit(pair.First) && char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)));
}
