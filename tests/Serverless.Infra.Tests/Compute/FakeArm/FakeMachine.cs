namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>A machine of the fake.</summary>
internal sealed class FakeMachine(string id, DateTimeOffset created, DateTimeOffset readyAt)
{
    public string Id { get; } = id;

    public string VmId { get; } = Guid.NewGuid().ToString();

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset ReadyAt { get; } = readyAt;

    public DateTimeOffset? GoneAt { get; set; }

    public bool DeleteFails { get; set; }

    public string State(DateTimeOffset now) => GoneAt is { } gone ? now < gone ? "Deleting" : "Failed" : now < ReadyAt ? "Creating" : "Succeeded";
}
