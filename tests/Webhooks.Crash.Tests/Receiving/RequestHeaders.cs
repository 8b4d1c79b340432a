namespace Webhooks.Crash;

/// <summary>Writes a signature's headers to a request.</summary>
internal sealed class RequestHeaders(HttpRequestMessage request) : ISignatureHeaderWriter
{
    public void Write(string name, string value) => request.Headers.Add(name, value);
}
