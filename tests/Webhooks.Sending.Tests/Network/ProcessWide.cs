namespace Webhooks.Tests.Network;

/// <summary>Tests that change what the whole process shares, and so run alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
