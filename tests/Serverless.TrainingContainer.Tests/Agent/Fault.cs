namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>What goes wrong with a request.</summary>
internal sealed record Fault(int Status = 0, bool DropBefore = false, bool DropAfter = false, TimeSpan Delay = default, bool Corrupt = false)
{
    public static Fault None { get; } = new();
}
