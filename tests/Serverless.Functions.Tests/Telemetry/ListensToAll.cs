namespace Serverless.Functions.Tests.Telemetry;

/// <summary>Tests that listen to the meters and sources of the whole process, where every other test's requests would be heard too: they run alone.</summary>
[CollectionDefinition(nameof(ListensToAll), DisableParallelization = true)]
public sealed class ListensToAll;
