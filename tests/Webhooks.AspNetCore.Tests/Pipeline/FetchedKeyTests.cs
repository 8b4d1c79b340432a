using System.Diagnostics.CodeAnalysis;
using System.Net;
using Webhooks.Tests.Network;

namespace Webhooks;

/// <summary>Schemes whose keys are fetched while the request waits.</summary>
public class FetchedKeyTests
{
    private static readonly byte[] Key = "what lies at the address"u8.ToArray();

    [Fact]
    public async Task A_request_waits_for_its_key()
    {
        var source = new Keys();
        await using var receiver = await StartAsync(source);

        var response = receiver.StatusOfAsync(Some.Webhook(Key));
        await source.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        var early = response.IsCompleted;
        source.Answer.SetResult(Key);

        Assert.False(early);
        Assert.Equal(HttpStatusCode.NoContent, await response);
        Assert.Equal(Key, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task With_a_wrong_key_the_request_is_unauthorized()
    {
        var source = new Keys();
        source.Answer.SetResult("another"u8.ToArray());
        await using var receiver = await StartAsync(source);

        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusOfAsync(Some.Webhook(Key)));
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task Without_a_key_the_sender_is_to_try_again()
    {
        var broken = new Keys();
        broken.Answer.SetException(new HttpRequestException("unreachable"));
        await using var receiver = await StartAsync(broken);
        await using var bare = await StartAsync(null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await receiver.StatusOfAsync(Some.Webhook(Key)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await bare.StatusOfAsync(Some.Webhook(Key)));
        Assert.Empty(receiver.Handled);
    }

    private static Task<Receiver> StartAsync(Keys? keys) => Receiver.OnKestrelAsync(
        configure: builder =>
        {
            if (keys is not null)
                builder.Services.AddSingleton<SignatureKeySource>(keys);
            builder.Services.AddSingleton<NetworkResolver>(new ScriptedResolver());
        },
        sources: builder => builder.AddSource("billing", new BodyIsKey(), The.SecretText));

    private sealed class Keys : SignatureKeySource
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return await Answer.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes a body for signed if it is the key.</summary>
    private sealed class BodyIsKey() : SignatureScheme("body-is-key")
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
            verification = new Verification(context.Keys, context.Secrets[0]);
            refusal = default;
            return true;
        }

        private sealed class Verification(SignatureKeySource? keys, SigningSecret secret) : SignatureVerification
        {
            private readonly List<byte> _body = [];

            public override void Append(ReadOnlySpan<byte> body) => _body.AddRange(body);

            public override VerificationResult Complete() =>
                VerificationResult.Refuse(VerificationOutcome.KeyUnavailable);

            public override async ValueTask<VerificationResult> CompleteAsync(CancellationToken cancellationToken)
            {
                try
                {
                    if (keys is null)
                        return Complete();

                    var key = await keys.GetAsync(new Uri("https://keys.example.com/"), cancellationToken);
                    return key.Span.SequenceEqual([.. _body])
                        ? VerificationResult.Accept(secret, null, null)
                        : VerificationResult.Refuse(VerificationOutcome.SignatureMismatch);
                }
                catch (HttpRequestException)
                {
                    return Complete();
                }
            }
        }
    }
}
