using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Answers a refused request with problem details that are the same whatever was wrong with the
/// proof.</summary>
internal static class Problem
{
    private static readonly byte[] BadRequest = Encode("400,\"title\":\"Bad Request\""u8);
    private static readonly byte[] Unauthorized = Encode("401,\"title\":\"Unauthorized\""u8);
    private static readonly byte[] Forbidden = Encode("403,\"title\":\"Forbidden\""u8);
    private static readonly byte[] MethodNotAllowed = Encode("405,\"title\":\"Method Not Allowed\""u8);
    private static readonly byte[] RequestTimeout = Encode("408,\"title\":\"Request Timeout\""u8);
    private static readonly byte[] ContentTooLarge = Encode("413,\"title\":\"Content Too Large\""u8);
    private static readonly byte[] UnsupportedMediaType = Encode("415,\"title\":\"Unsupported Media Type\""u8);
    private static readonly byte[] UnprocessableContent = Encode("422,\"title\":\"Unprocessable Content\""u8);
    private static readonly byte[] TooManyRequests = Encode("429,\"title\":\"Too Many Requests\""u8);
    private static readonly byte[] InternalServerError = Encode("500,\"title\":\"Internal Server Error\""u8);
    private static readonly byte[] ServiceUnavailable = Encode("503,\"title\":\"Service Unavailable\""u8);

    /// <summary>Says when it is worth to try again: in a second at the earliest.</summary>
    public static void RetryAfter(HttpContext context, TimeSpan pause)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    public static Task WriteAsync(HttpContext context, int status)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        var body = BodyOf(status);
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    private static byte[] BodyOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => BadRequest,
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => ContentTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status422UnprocessableEntity => UnprocessableContent,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => ServiceUnavailable,
        _ => InternalServerError,
    };

    private static byte[] Encode(ReadOnlySpan<byte> statusAndTitle) =>
        [.. "{\"type\":\"about:blank\",\"status\":"u8, .. statusAndTitle, .. "}"u8];
}
