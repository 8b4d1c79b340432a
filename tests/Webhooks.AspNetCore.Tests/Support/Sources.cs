using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

/// <summary>Sources without an application around them.</summary>
internal static class Sources
{
    public static WebhookSource Compile(string name, WebhookFailureLimitOptions limit)
    {
        var options = new WebhookSourceOptions { Scheme = SignatureSchemes.StandardWebhooks, FailureLimit = limit };
        options.Secrets.Add(The.SecretText);
        var (source, failures) = SourceCompiler.Compile(
            name, options, new WebhookVerificationOptions(), new SourceRegistrations(new ServiceCollection()),
            new PublishedLists(new FakeTimeProvider()), new WebhookDuplicateOptions());
        Assert.Empty(failures);
        return source!;
    }
}
