namespace Webhooks.Crash;

/// <summary>Tests that measure time: nothing else of this project runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
