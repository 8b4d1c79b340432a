using Microsoft.AspNetCore.Http;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>What any endpoint has to do: take the body and answer.</summary>
internal static class BareEndpoint
{
    public static async Task DrainAsync(HttpContext context)
    {
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            pipe.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
