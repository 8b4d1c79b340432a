using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>A scheme from outside may have errors. They must not let anything pass, nor break the connection.</summary>
public class BrokenSchemeTests
{
    [Theory]
    [InlineData("begin")]
    [InlineData("append")]
    [InlineData("complete")]
    public async Task A_scheme_that_throws_lets_nothing_pass(string when)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            sources: builder => builder.AddSource("billing", new Broken(when), The.SecretText));
        using var connection = await receiver.ConnectAsync();
        var body = Some.Body(100);

        for (var request = 0; request < 2; request++)
        {
            await connection.SendAsync(Some.Head(body, $"Content-Length: {body.Length}"));
            await connection.SendAsync(body);
            var response = await connection.ReadResponseAsync();
            Assert.Equal(500, response.Status);
            Assert.DoesNotContain("fault", response.Body, StringComparison.Ordinal);
        }

        Assert.Empty(receiver.Handled);
        Assert.All(
            receiver.Logs.GetSnapshot().Where(record => record.Level >= LogLevel.Error),
            record => Assert.Equal((511, "fault"), (record.Id.Id, record.Exception!.Message)));
    }

    private sealed class Broken(string when) : SignatureScheme("broken")
    {
        public override IReadOnlyList<string> Headers => [];

        public override SigningSecret ParseSecret(string text) => SigningSecret.Parse(text);

        public override void CheckSecret(SigningSecret secret, SecretUse use)
        {
        }

        public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
        {
        }

        public override bool TryBeginVerification(
            in VerificationContext context,
            [NotNullWhen(true)] out SignatureVerification? verification,
            out VerificationResult refusal)
        {
            verification = when == "begin" ? throw new InvalidTimeZoneException("fault") : new Verification(when);
            refusal = default;
            return true;
        }

        private sealed class Verification(string when) : SignatureVerification
        {
            public override void Append(ReadOnlySpan<byte> body)
            {
                if (when == "append")
                    throw new InvalidTimeZoneException("fault");
            }

            public override VerificationResult Complete() => throw new InvalidTimeZoneException("fault");
        }
    }
}
