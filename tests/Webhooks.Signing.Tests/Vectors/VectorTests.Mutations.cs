using Webhooks.Vectors;

namespace Webhooks;

public partial class VectorTests
{
    private const int LongestToChange = 4096;

    public static IEnumerable<TheoryDataRow<string, string>> Changeable => Valid.Where(row =>
        VectorSuite.Load(row.Data.Item1)[row.Data.Item2].Body is { Length: > 0 and <= LongestToChange });

    [Theory]
    [MemberData(nameof(Changeable))]
    public void Verify_refuses_a_valid_vector_whatever_bit_of_its_body_is_changed(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var scheme = SchemesFor(vector).First();
        var context = Context(scheme, vector);

        var passed = OneBit.Changed(vector.Body).Count(body => scheme.Verify(context, body).IsVerified);

        Assert.True(scheme.Verify(context, vector.Body).IsVerified);
        Assert.Equal(0, passed);
    }
}
