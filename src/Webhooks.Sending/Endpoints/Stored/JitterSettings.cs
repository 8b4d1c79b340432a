namespace Webhooks;

/// <summary>A wait becomes something from (1 − below) to (1 − below + width) of itself.</summary>
internal sealed class JitterSettings
{
    public double Below { get; set; }

    public double Width { get; set; }
}
