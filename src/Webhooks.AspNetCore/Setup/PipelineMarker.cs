namespace Webhooks;

/// <summary>Remembers whether the middleware was put in the pipeline.</summary>
internal sealed class PipelineMarker
{
    public bool IsInPipeline { get; set; }
}
