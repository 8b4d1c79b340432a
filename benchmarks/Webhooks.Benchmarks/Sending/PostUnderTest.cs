namespace Webhooks.Benchmarks.Sending;

/// <summary>One way to post a payload.</summary>
internal abstract class PostUnderTest
{
    public abstract Task SendAsync();

    /// <summary>Makes sure that what was sent arrived, where the task's own success doesn't say so.</summary>
    public virtual void Check(Task sent)
    {
    }
}
