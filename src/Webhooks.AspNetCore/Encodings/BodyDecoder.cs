using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Unpacks a body that is at hand, and stops where more would come out than the source allows.</summary>
internal static class BodyDecoder
{
    private const int PieceLength = 16 * 1024;

    /// <summary>Decodes.</summary>
    /// <returns>Why the request is to be refused; <see langword="null"/> when all was decoded.</returns>
    public static WebhookVerdict? Decode(
        ContentCoding coding, ReadOnlySequence<byte> body, long limit, out ReadOnlySequence<byte> decoded)
    {
        decoded = default;
        try
        {
            using var stream = Open(coding, PipeReader.Create(body).AsStream());
            var content = Read(stream, limit);
            decoded = new ReadOnlySequence<byte>(content.WrittenMemory);
            return content.WrittenCount > limit ? WebhookVerdict.BodyTooLarge : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return WebhookVerdict.BrokenBody;
        }
    }

    /// <summary>Lets the application see a request that was never encoded.</summary>
    public static void Hide(HttpRequest request, in ReadOnlySequence<byte> decoded)
    {
        request.Headers.ContentEncoding = default;
        request.ContentLength = decoded.Length;
    }

    private static Stream Open(ContentCoding coding, Stream encoded) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(encoded, CompressionMode.Decompress),
        ContentCoding.Deflate => new ZLibStream(encoded, CompressionMode.Decompress),
        _ => new BrotliStream(encoded, CompressionMode.Decompress),
    };

    private static ArrayBufferWriter<byte> Read(Stream stream, long limit)
    {
        var content = new ArrayBufferWriter<byte>((int)Math.Min(PieceLength, limit + 1));
        while (content.WrittenCount <= limit)
        {
            var most = (int)Math.Min(PieceLength, limit + 1 - content.WrittenCount);
            var read = stream.Read(content.GetSpan(most)[..most]);
            if (read == 0)
                break;

            content.Advance(read);
        }

        return content;
    }
}
