using Microsoft.AspNetCore.Http;

namespace Webhooks.Crash;

/// <summary>How receivers behave.</summary>
internal static class Answers
{
    /// <summary>Accepts at once.</summary>
    public static Answer Ok { get; } = static (context, _) => Status(context, StatusCodes.Status204NoContent);

    /// <summary>Fails the first attempt of some messages, so that there are retries, yet not of so many that the
    /// endpoint looks broken.</summary>
    public static Answer FailSomeFirst { get; } = static (context, attempt) => Status(
        context,
        attempt.Number == 1 && attempt.MessageId[^1] % 4 == 0
            ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status204NoContent);

    public static Answer ServerError { get; } =
        static (context, _) => Status(context, StatusCodes.Status500InternalServerError);

    /// <summary>Wants nothing more.</summary>
    public static Answer Gone { get; } = static (context, _) => Status(context, StatusCodes.Status410Gone);

    /// <summary>Cuts the connection.</summary>
    public static Answer Reset { get; } = static (context, _) =>
    {
        context.Abort();
        return Task.FromResult(false);
    };

    /// <summary>Never answers.</summary>
    public static Answer Hang { get; } = static async (context, _) =>
    {
        await WaitAsync(Timeout.InfiniteTimeSpan, context.RequestAborted);
        return false;
    };

    /// <summary>Answers at once, with a body that comes at a byte a second.</summary>
    public static Answer Dribble { get; } = static async (context, _) =>
    {
        context.Response.ContentLength = 1000;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[] { 0x2e });
            await context.Response.Body.FlushAsync();
            await WaitAsync(TimeSpan.FromSeconds(1), context.RequestAborted);
        }

        return false;
    };

    /// <summary>Accepts after a time.</summary>
    public static Answer After(TimeSpan time) => async (context, _) =>
    {
        await WaitAsync(time, context.RequestAborted);
        return await Status(context, StatusCodes.Status204NoContent);
    };

    private static Task<bool> Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.FromResult(status < StatusCodes.Status300MultipleChoices);
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken aborted)
        => await Task.Delay(time, TimeProvider.System, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
