using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Webhooks;

/// <summary>The law: where a handler ran, the body it read is the body that was signed.</summary>
public class BodyLawTests
{
    private const int Limit = 5 * 1024 * 1024;

    public static TheoryData<int> Sizes =>
        [0, 1, 100, 4095, 4096, 4097, 65_536, 262_144, 1024 * 1024, (1024 * 1024) + 1, (3 * 1024 * 1024) + 17];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_body_of_known_length_reaches_the_handler_whole_over_http_1(int size)
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.MaxBodySize = Limit);

        await AssertReachesHandlerAsync(receiver, size, chunked: false);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_chunked_body_reaches_the_handler_whole_over_http_1(int size)
    {
        await using var receiver = await Receiver.OnKestrelAsync(source => source.MaxBodySize = Limit);

        await AssertReachesHandlerAsync(receiver, size, chunked: true);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_body_reaches_the_handler_whole_over_http_2(int size)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source => source.MaxBodySize = Limit, protocols: HttpProtocols.Http2);

        await AssertReachesHandlerAsync(receiver, size, chunked: false, HttpVersion.Version20);
        await AssertReachesHandlerAsync(receiver, size, chunked: true, HttpVersion.Version20);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_body_reaches_the_handler_whole_on_the_test_server(int size)
    {
        await using var receiver = await Receiver.StartAsync(source => source.MaxBodySize = Limit);

        await AssertReachesHandlerAsync(receiver, size, chunked: false);
        await AssertReachesHandlerAsync(receiver, size, chunked: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task However_a_body_is_cut_into_pieces_the_handler_reads_what_was_signed(bool chunked)
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        var cuts = Gen.ListOf(Gen.Choose(1, 9000)).Resize(12).ToArbitrary();

        await Task.Run(() => Prop.ForAll(cuts, pieces =>
        {
            var bodies = pieces.Select(Some.Body).ToList();
            SendInPiecesAsync(receiver, bodies, chunked).GetAwaiter().GetResult();
            return receiver.Handled.Last().AsSpan().SequenceEqual(bodies.SelectMany(body => body).ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60)), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Any_bit_changed_on_the_way_keeps_the_handler_from_running()
    {
        await using var receiver = await Receiver.StartAsync();
        var bits = Gen.Zip(Gen.Choose(1, 3000), Gen.Choose(0, int.MaxValue)).ToArbitrary();

        await Task.Run(() => Prop.ForAll(bits, sample =>
        {
            var (body, bit) = (Some.Body(sample.Item1), sample.Item2 % (sample.Item1 * 8));
            var request = Some.Webhook(body);
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            return receiver.StatusOfAsync(request).GetAwaiter().GetResult() == HttpStatusCode.Unauthorized;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100)), TestContext.Current.CancellationToken);

        Assert.Empty(receiver.Handled);
    }

    private static async Task AssertReachesHandlerAsync(Receiver receiver, int size, bool chunked, Version? version = null)
    {
        var body = Some.Body(size);
        var request = Some.Webhook(body);
        request.Headers.TransferEncodingChunked = chunked && version is null;
        if (chunked)
            request.Content = new UnknownLengthContent(body);
        request.Version = version ?? HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        var status = await receiver.StatusOfAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(body, receiver.Handled.Last());
    }

    private static async Task SendInPiecesAsync(Receiver receiver, List<byte[]> pieces, bool chunked)
    {
        var body = pieces.SelectMany(piece => piece).ToArray();
        using var connection = await receiver.ConnectAsync();
        await connection.SendAsync(Some.Head(body, chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}"));
        foreach (var piece in pieces)
        {
            if (chunked)
                await connection.SendAsync($"{piece.Length:x}\r\n");
            await connection.SendAsync(piece);
            if (chunked)
                await connection.SendAsync("\r\n");
        }

        if (chunked)
            await connection.SendAsync("0\r\n\r\n");
        Assert.Equal(204, await connection.ReadStatusAsync());
    }

    private sealed class UnknownLengthContent : HttpContent
    {
        private readonly byte[] _body;

        public UnknownLengthContent(byte[] body)
        {
            _body = body;
            Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
