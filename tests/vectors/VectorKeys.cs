using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Webhooks.Vectors;

/// <summary>Holds the vectors' certificates. PayPal's vectors have only its key, which a certificate is made for.</summary>
public sealed class VectorKeys(SignatureVector vector) : SignatureKeySource
{
    private static readonly string SnsCertificate =
        VectorSuite.Read("aws-sns").GetProperty("certificate_pem").GetString()!;

    public int Asked { get; private set; }

    public bool IsNeeded => vector.Scheme is "paypal" or "aws-sns";

    public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        Asked++;
        var pem = vector.Scheme == "paypal" ? Certify(vector.Secrets[0], vector.Now) : SnsCertificate;
        return new(Encoding.ASCII.GetBytes(pem));
    }

    private static string Certify(string publicKey, DateTimeOffset now)
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName("CN=test");
        using var authority = new CertificateRequest(name, issuer, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = RSA.Create();
        key.ImportFromPem(publicKey);
        var request = new CertificateRequest(name, new PublicKey(key), HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            name, X509SignatureGenerator.CreateForECDsa(issuer), now.AddDays(-1), now.AddDays(1), [1]);
        return certificate.ExportCertificatePem();
    }
}
