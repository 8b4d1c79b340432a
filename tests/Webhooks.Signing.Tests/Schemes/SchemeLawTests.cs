using FsCheck;
using FsCheck.Fluent;

namespace Webhooks;

/// <summary>What holds for every scheme: whatever is signed verifies, and nothing that was changed does.</summary>
public class SchemeLawTests
{
    public static IEnumerable<TheoryDataRow<string>> Schemes =>
        SignatureSchemes.All.Select(scheme => scheme.Name).Concat(DeclaredSchemes.Names)
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

        Prop.ForAll<string, string, byte[]>((first, second, body) =>
        {
            var headers = new HeaderList();
            foreach (var header in scheme.Headers)
            {
                headers.Write(header, first ?? "");
            }

            headers[scheme.Layout.SignatureHeader] = scheme.Layout.Prefix + second;
            return !scheme.Verify(headers.ToContext(The.Now, secret), body ?? []).IsVerified;
        }).QuickCheckThrowOnFailure();
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
