using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>
/// The least that verifies Standard Webhooks: hashes what the pipe brings and keeps nothing. It leaves out what a
/// library can't: the body for the application, limits, lists, rotation, reasons and logs.
/// </summary>
internal sealed class OptimalEndpoint(string secret)
{
    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);
    private readonly ConcurrentBag<IncrementalHash> _hashes = [];

    public async Task VerifyAsync(HttpContext context)
    {
        var hash = _hashes.TryTake(out var kept) ? kept : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        AppendPrefix(hash, context.Request.Headers);
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            foreach (var segment in result.Buffer)
            {
                hash.AppendData(segment.Span);
            }

            pipe.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        var verified = Matches(hash, context.Request.Headers["webhook-signature"]);
        _hashes.Add(hash);
        context.Response.StatusCode = verified ? StatusCodes.Status204NoContent : StatusCodes.Status401Unauthorized;
    }

    private static void AppendPrefix(IncrementalHash hash, IHeaderDictionary headers)
    {
        string id = headers["webhook-id"]!;
        string timestamp = headers["webhook-timestamp"]!;
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(age), 300);
        Span<byte> prefix = stackalloc byte[128];
        var length = Encoding.ASCII.GetBytes(id, prefix);
        prefix[length++] = (byte)'.';
        length += Encoding.ASCII.GetBytes(timestamp, prefix[length..]);
        prefix[length++] = (byte)'.';
        hash.AppendData(prefix[..length]);
    }

    private static bool Matches(IncrementalHash hash, string? header)
    {
        Span<byte> expected = stackalloc byte[32];
        Span<byte> received = stackalloc byte[32];
        hash.GetHashAndReset(expected);
        return Convert.TryFromBase64Chars(header.AsSpan("v1,".Length), received, out _)
            && CryptographicOperations.FixedTimeEquals(expected, received);
    }
}
