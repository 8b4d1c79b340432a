using DotNetCore.CAP;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Posts what DotNetCore.CAP brings.</summary>
internal sealed class CapSubscriber(HandPoster poster) : ICapSubscribe
{
    public const string Topic = "webhook";

    [CapSubscribe(Topic)]
    public Task PostAsync(CapJob job) => poster.PostAsync(job.Endpoint, System.Text.Encoding.ASCII.GetBytes(job.Payload));
}
