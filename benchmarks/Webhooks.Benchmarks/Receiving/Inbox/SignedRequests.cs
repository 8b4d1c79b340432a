using System.Globalization;
using System.Text;
using Webhooks.Benchmarks.Delivery;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>A script for wrk that sends each webhook of 1 KiB once: an id and a signature for each, made before.</summary>
internal sealed class SignedRequests : IDisposable
{
    private const int PerSecond = 100_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("webhooks-benchmark-").FullName;

    private SignedRequests(int count) => Count = count;

    public int Count { get; }

    public string Script => Path.Combine(_folder, "script.lua");

    public static SignedRequests Write(string secret, double seconds)
    {
        var requests = new SignedRequests((int)(PerSecond * Math.Ceiling(seconds)));
        var body = Payloads.Random();
        var list = Path.Combine(requests._folder, "signatures");
        using (var writer = new StreamWriter(list, append: false, Encoding.ASCII))
            WriteSignatures(writer, requests.Count, SigningSecret.Parse(secret), body);
        File.WriteAllText(requests.Script, Lua(list, Encoding.ASCII.GetString(body)));
        return requests;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void WriteSignatures(StreamWriter writer, int count, SigningSecret secret, byte[] body)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var request = 0; request < count; request++)
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            SignatureSchemes.StandardWebhooks.Sign(
                new SigningContext { MessageId = MessageId.New(), Timestamp = now, Secrets = [secret] },
                body,
                new HeaderWriter(headers));
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{headers["webhook-id"]} {headers["webhook-timestamp"]} {headers["webhook-signature"]}"));
        }
    }

    private static string Lua(string list, string body) => $$"""
        local lines = io.lines("{{list}}")
        local headers = { ["Content-Type"] = "application/json" }
        local body = "{{body}}"
        function request()
            local line = lines()
            if line then
                headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"] =
                    line:match("(%S+) (%S+) (.+)")
            end
            return wrk.format("POST", nil, headers, body)
        end
        """;

    private sealed class HeaderWriter(Dictionary<string, string> headers) : ISignatureHeaderWriter
    {
        public void Write(string name, string value) => headers[name] = value;
    }
}
