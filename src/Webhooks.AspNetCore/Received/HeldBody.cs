using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>
/// The body of a verified request as the stream that the application reads: seekable, read-only, over the very bytes
/// that were verified. They stay in the server's own buffers, which the pipe gives back only when the request ends.
/// </summary>
internal sealed class HeldBody : Stream
{
    private readonly Stream _original;
    private readonly PipeReader _pipe;
    private readonly SequencePosition _end;
    private ReadOnlySequence<byte> _bytes;
    private SequencePosition _next;
    private long _position;
    private bool _released;

    /// <summary>Puts itself before the request's body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pipe">Holds the body as it came.</param>
    /// <param name="bytes">What the application is to read.</param>
    /// <param name="end">Where the body as it came ends.</param>
    public HeldBody(HttpRequest request, PipeReader pipe, in ReadOnlySequence<byte> bytes, SequencePosition end)
    {
        (_original, _pipe, _bytes, _next, _end) = (request.Body, pipe, bytes, bytes.Start, end);
        request.Body = this;
    }

    public ReadOnlySequence<byte> Bytes
    {
        get
        {
            ThrowIfReleased();
            return _bytes;
        }
    }

    public override bool CanRead => !_released;

    public override bool CanSeek => !_released;

    public override bool CanWrite => false;

    public override long Length => Bytes.Length;

    public override long Position
    {
        get
        {
            ThrowIfReleased();
            return _position;
        }

        set
        {
            ThrowIfReleased();
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
            _next = _bytes.GetPosition(Math.Min(value, _bytes.Length));
        }
    }

    /// <summary>Gives the buffers back to the server. Whoever kept the body can't read it any more.</summary>
    public void Release(HttpRequest request)
    {
        if (_released)
            return;

        _released = true;
        request.Body = _original;
        _bytes = default;
        _next = default;
        try
        {
            _pipe.AdvanceTo(_end);
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection broke while the application ran. The server takes its buffers back by itself then.
        }
    }

    public override int Read(Span<byte> buffer)
    {
        ThrowIfReleased();
        var rest = _bytes.Slice(_next);
        if (rest.Length > buffer.Length)
            rest = rest.Slice(0, buffer.Length);

        rest.CopyTo(buffer);
        _next = rest.End;
        _position += rest.Length;
        return (int)rest.Length;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        ThrowIfReleased();
        foreach (var piece in _bytes.Slice(_next))
        {
            await destination.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            Position += piece.Length;
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var from = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };
        if (offset < -from)
            throw new IOException("The body has nothing before its beginning.");

        return Position = from + offset;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A verified body can't be changed.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A verified body can't be changed.");

    private void ThrowIfReleased()
    {
        if (_released)
            throw new ObjectDisposedException(
                nameof(VerifiedWebhook), "The request has ended, and its body with it. Read or copy it before that.");
    }
}
