namespace Webhooks.Vectors;

/// <summary>Which of the shipped schemes a vector is for, and which secrets it takes.</summary>
public static class VectorSchemes
{
    private const string Topic = "arn:aws:sns:us-west-2:123456789012:MyTopic";
    private const string PayPalId = "9XL90610J3647323C";

    public static SignatureScheme Find(SignatureVector vector) => vector.Scheme switch
    {
        "static-token" => Find(vector.Id.Split('/')[0].Replace("gitlab-token", "gitlab", StringComparison.Ordinal)),
        var name => Find(name),
    };

    /// <summary>Finds a scheme by the name that the vectors have for it.</summary>
    public static SignatureScheme Find(string name) => SignatureSchemes.Find(name switch
    {
        "standard-webhooks" => "standard",
        "hubspot-v3" => "hubspot",
        "teams-outgoing" => "teams",
        "basic-auth" => "basic",
        "aws-sns" => "sns-v1",
        _ => name,
    }) ?? throw new ArgumentException($"There is no scheme '{name}'.", nameof(name));

    public static IReadOnlyList<string> SecretsOf(SignatureVector vector) => vector.Scheme switch
    {
        "aws-sns" => [Topic],
        "paypal" => [PayPalId],
        _ => vector.Secrets,
    };
}
