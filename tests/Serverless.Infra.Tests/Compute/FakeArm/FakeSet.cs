using System.Text.Json.Nodes;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>A scale set of the fake: what was asked for, and its machines over time.</summary>
internal sealed class FakeSet(string name, JsonObject body)
{
    public string Name { get; } = name;

    public JsonObject Body { get; } = body;

    public long Capacity { get; set; }

    public int NextInstance { get; set; }

    public DateTimeOffset BusyUntil { get; set; } = DateTimeOffset.MinValue;

    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>The code with which its last growth failed.</summary>
    public string? Failure { get; set; }

    public List<FakeMachine> Machines { get; } = [];
}
