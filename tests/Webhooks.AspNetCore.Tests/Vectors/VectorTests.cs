using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Every vector of the shipped schemes through the whole middleware: over a socket where HTTP can carry its
/// headers, else handed to the pipeline as they are.</summary>
public class VectorTests
{
    private const int MaxBodySize = 1024 * 1024;

    public static TheoryData<string, string, int, int> Suites => new()
    {
        { "standardwebhooks-v1", "standard", 176, 10 },
        { "github", "github", 44, 1 },
        { "stripe", "stripe", 64, 1 },
        { "slack", "slack", 46, 0 },
        { "shopify", "shopify", 25, 0 },
    };

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task The_handler_runs_for_the_valid_vectors_alone(string suite, string scheme, int count, int handedOver)
    {
        var vectors = VectorSuite.Load(suite).Values.ToList();
        var (carried, others) = (vectors.Where(HttpCarries).ToList(), vectors.Where(vector => !HttpCarries(vector)).ToList());
        await using var kestrel = await StartAsync(scheme, suite, onKestrel: true);
        await using var inMemory = await StartAsync(scheme, suite, onKestrel: false);

        var wrong = new List<string>();
        foreach (var vector in carried)
        {
            await JudgeAsync(kestrel, vector, () => SendAsync(kestrel, vector, chunked: false), wrong);
            if (vector.Body.Length <= 4096)
                await JudgeAsync(kestrel, vector, () => SendAsync(kestrel, vector, chunked: true), wrong);
        }

        foreach (var vector in others)
            await JudgeAsync(inMemory, vector, () => HandOverAsync(inMemory, vector), wrong);

        Assert.Empty(wrong);
        Assert.Equal((count, handedOver), (vectors.Count, others.Count));
    }

    /// <summary>A server trims blanks around a value, and refuses line breaks and NUL in it.</summary>
    private static bool HttpCarries(SignatureVector vector) => vector.Headers.All(header =>
        header.Value.Trim(' ', '\t') == header.Value && !header.Value.AsSpan().ContainsAny('\r', '\n', '\0'));

    private static async Task JudgeAsync(Receiver receiver, SignatureVector vector, Func<Task<int>> send, List<string> wrong)
    {
        receiver.Handled.Clear();
        receiver.Time.AdjustTime(vector.Now);

        var status = await send();

        var expected = vector.IsValid && vector.Body.Length <= MaxBodySize;
        var ran = receiver.Handled.TryDequeue(out var body);
        if (ran != expected || ran != status is 204 || (ran && !body.AsSpan().SequenceEqual(vector.Body)))
            wrong.Add($"{vector.Id}: {vector.Expect}, but answered {status}");
    }

    private static async Task<int> SendAsync(Receiver receiver, SignatureVector vector, bool chunked)
    {
        using var connection = await receiver.ConnectAsync();
        var body = vector.Body;
        var framing = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        var head = new StringBuilder($"POST /hook HTTP/1.1\r\nHost: localhost\r\nX-Vector: {vector.Id}\r\n{framing}\r\n");
        foreach (var (name, value) in vector.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await connection.TrySendAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
        if (chunked)
            await connection.TrySendAsync(body.SelectMany(OneByteChunk).Concat(Encoding.ASCII.GetBytes("0\r\n\r\n")).ToArray());
        else if (body.Length <= MaxBodySize)
            await connection.TrySendAsync(body);
        return await connection.ReadStatusAsync();
    }

    private static byte[] OneByteChunk(byte item) => [(byte)'1', (byte)'\r', (byte)'\n', item, (byte)'\r', (byte)'\n'];

    private static async Task<int> HandOverAsync(Receiver receiver, SignatureVector vector)
    {
        var server = (TestServer)receiver.Services.GetRequiredService<IServer>();
        var context = await server.SendAsync(
            context =>
            {
                (context.Request.Method, context.Request.Path) = ("POST", "/hook");
                context.Request.Body = new MemoryStream(vector.Body);
                context.Request.Headers["X-Vector"] = vector.Id;
                foreach (var (name, value) in vector.Headers)
                    context.Request.Headers.Append(name, value);
            },
            TestContext.Current.CancellationToken);
        return context.Response.StatusCode;
    }

    private static Task<Receiver> StartAsync(string scheme, string suite, bool onKestrel)
    {
        void AddSource(WebhookVerificationBuilder builder) => builder.AddSource("billing", source =>
        {
            (source.SchemeName, source.MaxBodySize) = (scheme, MaxBodySize);
            source.ContentTypes.Clear();
            source.UseSecrets((context, _) =>
            {
                var vector = VectorSuite.Load(suite)[context.HttpContext.Request.Headers["X-Vector"].ToString()];
                return ValueTask.FromResult<IReadOnlyList<SigningSecret>>([.. vector.Secrets.Select(context.Scheme.ParseSecret)]);
            });
        });
        return onKestrel ? Receiver.OnKestrelAsync(sources: AddSource) : Receiver.StartAsync(sources: AddSource);
    }
}
