using System.Net;

namespace Webhooks;

/// <summary>The stream that the application finds in the place of the request's own.</summary>
public class HeldBodyTests
{
    private const int Size = 150_001;

    [Fact]
    public async Task It_can_be_read_again_and_again_in_any_way()
    {
        var body = Some.Body(Size);
        var reads = await WithBodyAsync(body, async stream => new[]
        {
            await ReadAsync(stream, copy => stream.CopyToAsync(copy)),
            await ReadAsync(stream, copy => Task.Run(() => stream.CopyTo(copy, 777))),
            await ReadAsync(stream, async copy =>
            {
                var buffer = new byte[1000];
                for (var count = await stream.ReadAsync(buffer); count > 0; count = await stream.ReadAsync(buffer))
                    copy.Write(buffer, 0, count);
            }),
            await ReadAsync(stream, copy =>
            {
                for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
                    copy.WriteByte((byte)next);
                return Task.CompletedTask;
            }),
        });

        Assert.All(reads, read => Assert.Equal(body, read));
    }

    [Fact]
    public async Task It_can_be_sought_through()
    {
        var body = Some.Body(Size);
        var seen = await WithBodyAsync(body, stream =>
        {
            var bytes = new List<int>();
            foreach (var (offset, origin) in new[]
            {
                (70_000L, SeekOrigin.Begin), (1000L, SeekOrigin.Current), (-1L, SeekOrigin.End), (0L, SeekOrigin.End), (500L, SeekOrigin.End),
            })
            {
                stream.Seek(offset, origin);
                bytes.Add(stream.ReadByte());
            }

            Assert.Equal(Size, stream.Length);
            Assert.Throws<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
            Assert.Throws<ArgumentOutOfRangeException>(() => stream.Position = -1);
            return Task.FromResult(bytes);
        });

        Assert.Equal([body[70_000], body[71_001], body[^1], -1, -1], seen);
    }

    [Fact]
    public async Task It_survives_a_reader_that_closes_it_and_can_not_be_changed()
    {
        var body = Some.Body(Size);
        var read = await WithBodyAsync(body, async stream =>
        {
            using (var reader = new StreamReader(stream))
                await reader.ReadToEndAsync();

            Assert.False(stream.CanWrite);
            Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
            Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
            return await ReadAsync(stream, copy => stream.CopyToAsync(copy));
        });

        Assert.Equal(body, read);
    }

    [Fact]
    public async Task It_is_also_behind_the_requests_pipe()
    {
        var body = Some.Body(Size);
        var read = Array.Empty<byte>();
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", async context =>
            {
                using var copy = new MemoryStream();
                await context.Request.BodyReader.CopyToAsync(copy);
                read = copy.ToArray();
                Assert.Equal(Size, context.Request.ContentLength);
            }).RequireWebhookVerification("billing");
        });

        for (var request = 0; request < 2; request++)
        {
            Assert.Equal(HttpStatusCode.OK, await receiver.StatusOfAsync(Some.Webhook(body)));
            Assert.Equal(body, read);
        }
    }

    [Fact]
    public async Task A_body_that_was_buffered_and_read_before_is_verified_from_its_beginning()
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.Use(async (context, next) =>
            {
                context.Request.EnableBuffering();
                await context.Request.Body.CopyToAsync(Stream.Null);
                await next(context);
            });
            app.UseWebhookVerification();
            app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
        });
        var body = Some.Body(Size);

        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook(body)));
        Assert.Equal(body, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task A_body_that_was_used_up_before_is_an_error_of_the_application_and_says_so()
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.Use(async (context, next) =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                await next(context);
            });
            app.UseWebhookVerification();
            app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
        });

        Assert.Equal(HttpStatusCode.InternalServerError, await receiver.StatusOfAsync(Some.Webhook()));
        Assert.Empty(receiver.Handled);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 510);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, Func<MemoryStream, Task> read)
    {
        stream.Position = 0;
        using var copy = new MemoryStream();
        await read(copy);
        Assert.Equal(stream.Length, stream.Position);
        return copy.ToArray();
    }

    private static async Task<T> WithBodyAsync<T>(byte[] body, Func<Stream, Task<T>> use)
    {
        T? result = default;
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", async context => { result = await use(context.Request.Body); })
                .RequireWebhookVerification("billing");
        });
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusOfAsync(Some.Webhook(body)));
        return result!;
    }
}
