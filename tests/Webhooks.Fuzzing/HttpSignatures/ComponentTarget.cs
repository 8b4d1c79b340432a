namespace Webhooks.Fuzzing;

/// <summary>What components are taken from: a URL (first line), a name (second), a field (the rest).</summary>
public sealed class ComponentTarget() : FuzzTarget("components")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "https://User@Example.com:443/a/../b?x=1&y=%C3%A9+z&x2#f\ny\na=1, y=(\"b\";p 2 ?0);q"u8.ToArray(),
        "http://[::1]:80?x\nx\nx=:AA==:"u8.ToArray(), "https://h:\nk\nk;a=1"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var (url, rest) = InputText.Split(input);
        var (name, field) = InputText.Split(InputText.From(rest));
        if (TargetUri.TryParse(url, out var target))
            CheckTarget(target, name);

        if (FieldMember.TryFind(field, name, out var member) == VerificationOutcome.Verified && IsKey(name))
        {
            var written = member.StartsWith("?1", StringComparison.Ordinal) ? name + member[2..] : $"{name}={member}";
            Law.AreEqual(VerificationOutcome.Verified, FieldMember.TryFind(written, name, out var again), written);
            Law.AreEqual(member, again, "the member");
        }
    }

    private static bool IsKey(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.' or '*');

    private static void CheckTarget(in TargetUri target, string name)
    {
        Law.Holds(target.Whole.EndsWith(string.Concat(target.Path, target.Query)), "the URL ends in path and query");
        Law.AreEqual(
            target.NormalizeAuthority(), target.NormalizeAuthority().ToLowerInvariant(), "the authority in lower case");
        Law.Holds(target.Query.IsEmpty || target.Query[0] == '?', "the query has its question mark");
        if (QueryParameter.TryFind(target.Query, name, out var value) == VerificationOutcome.Verified)
        {
            Law.Holds(value.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '-' or '.' or '_' or '%'), "it is encoded");
            Law.AreEqual(
                VerificationOutcome.Verified, QueryParameter.TryFind($"?{name}={value}", name, out var again), "found again");
            Law.AreEqual(value, again, "the parameter");
        }
    }
}
