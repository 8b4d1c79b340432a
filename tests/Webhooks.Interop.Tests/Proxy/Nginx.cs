using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks;

/// <summary>An nginx of a test's own, which ends TLS and passes requests on to an application.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webhooks-nginx-").FullName;
    private RunningProgram? _program;

    private Nginx() => Address = new Uri($"https://127.0.0.1:{FreePort()}");

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/sbin") // Debian has it there, which isn't in everybody's PATH.
        .Select(folder => Path.Combine(folder, "nginx"))
        .FirstOrDefault(File.Exists);

    /// <summary>Where it listens. Requests below <c>/public</c> and <c>/stream</c> reach the application without that;
    /// those below <c>/stream</c> as they come, and others when they are whole.</summary>
    public Uri Address { get; }

    /// <summary>The certificate that it shows.</summary>
    public X509Certificate2 Certificate { get; } = MakeCertificate();

    public static Nginx Prepare() => new();

    public async Task StartAsync(Uri application)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "certificate.pem"), Certificate.ExportCertificatePem());
        using (var key = Certificate.GetECDsaPrivateKey()!)
            await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), Configuration(application));
        _program = RunningProgram.Start(Program!, ["-p", _folder, "-c", "nginx.conf"], _folder);
        await _program.WaitForLineAsync("start worker process");
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // As its documentation sets up a proxy with kept connections; the headers are set, so a client can't bring its own.
    private string Configuration(Uri application) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        error_log stderr notice;
        events { worker_connections 128; }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            client_max_body_size 64m;
            upstream application { server {{application.Authority}}; keepalive 4; }
            server {
                listen {{Address.Authority}} ssl;
                ssl_certificate certificate.pem;
                ssl_certificate_key key.pem;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host $http_host;
                location / { proxy_pass http://application; }
                location /stream/ { proxy_request_buffering off; proxy_pass http://application/; }
                location /public/ { proxy_pass http://application/; }
            }
        }
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }
}
