using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace Webhooks.Benchmarks.Signing;

/// <summary>
/// Verifying and signing from bytes. The baseline is the hash alone: <see cref="HMACSHA256.HashData(byte[], byte[])"/>
/// over the contiguous signed content.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(Configuration))]
public class SigningBenchmarks
{
    private readonly byte[] _signature = new byte[32];
    private readonly HeaderSink _sink = new();
    private SignedBody _body = null!;

    [Params(1024, 16 * 1024, 256 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup() => _body = new SignedBody(Bytes);

    [Benchmark(Baseline = true, Description = "HMACSHA256.HashData")]
    public int HashData() => HMACSHA256.HashData(_body.Key, _body.SignedContent, _signature);

    [Benchmark(Description = "Webhooks: verify Standard Webhooks")]
    public bool VerifyStandardWebhooks() =>
        Verified(SignatureSchemes.StandardWebhooks.Verify(_body.StandardWebhooks, _body.Bytes));

    [Benchmark(Description = "Webhooks: sign Standard Webhooks")]
    public void SignStandardWebhooks() => SignatureSchemes.StandardWebhooks.Sign(_body.Context, _body.Bytes, _sink);

    [Benchmark(Description = "Webhooks: verify Stripe")]
    public bool VerifyStripe() => Verified(SignatureSchemes.Stripe.Verify(_body.Stripe, _body.Bytes));

    [Benchmark(Description = "Stripe.net: verify")]
    public void StripeNet() => Stripe.EventUtility.ValidateSignature(
        Encoding.UTF8.GetString(_body.Bytes), _body.StripeHeader, SignedBody.SecretText, 300, _body.Now.ToUnixTimeSeconds());

    [Benchmark(Description = "Webhooks: verify GitHub")]
    public bool VerifyGitHub() => Verified(SignatureSchemes.GitHub.Verify(_body.GitHub, _body.Bytes));

    [Benchmark(Description = "Octokit.Webhooks: verify")]
    public object Octokit() => global::Octokit.Webhooks.WebhookSignatureValidator.Verify(
        _body.GitHubHeader, SignedBody.SecretText, _body.Bytes.AsSpan());

    private static bool Verified(VerificationResult result) =>
        result.IsVerified ? true : throw new InvalidOperationException(result.ToString());

    private sealed class HeaderSink : ISignatureHeaderWriter
    {
        public void Write(string name, string value)
        {
        }
    }

    private sealed class Configuration : ManualConfig
    {
        public Configuration()
        {
            AddJob(Job.Default.WithToolchain(new InProcessNoEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false))
                .WithWarmupCount(5).WithIterationCount(15).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(300)));
            HideColumns(Column.Error, Column.StdDev, Column.Gen0, Column.Gen1, Column.Gen2);
        }
    }
}
