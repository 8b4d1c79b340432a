namespace Webhooks;

/// <summary>
/// The network guard refused a request before any of it was sent. Trying again does not help unless the endpoint's
/// URL, its DNS records or the <see cref="NetworkPolicy"/> change.
/// </summary>
/// <remarks>The message holds neither the URL nor the address.</remarks>
public sealed class NetworkRefusedException : HttpRequestException
{
    /// <summary>Makes the exception from a refusal.</summary>
    /// <param name="verdict">The verdict; an allowing one is an error of the caller.</param>
    /// <exception cref="ArgumentException"><paramref name="verdict"/> allows.</exception>
    public NetworkRefusedException(NetworkVerdict verdict)
        : base(HttpRequestError.ConnectionError, "The network guard refused the request. " + verdict.Message)
    {
        if (verdict.IsAllowed)
            throw new ArgumentException("An allowing verdict is not a refusal.", nameof(verdict));

        Verdict = verdict;
    }

    /// <summary>Why the request was refused.</summary>
    public NetworkVerdict Verdict { get; }

    /// <summary>
    /// Finds the refusal in what a handler threw: a refusal at connect time comes out of
    /// <see cref="SocketsHttpHandler"/> wrapped in another exception.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The refusal, or <see langword="null"/> when the failure had another cause.</returns>
    public static NetworkRefusedException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is NetworkRefusedException refusal)
                return refusal;
        }

        return null;
    }
}
