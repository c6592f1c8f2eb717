using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Durable.Replay;

/// <summary>What an instance's id may look like.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 256;

    public static void Check(string instanceId)
    {
        if (string.IsNullOrWhiteSpace(instanceId) || instanceId.Length > MaxLength || instanceId.Any(char.IsControl))
            throw Fail.Invalid("instanceId", $"The instance id {Shown.Quote(instanceId ?? "")} is empty, longer than {MaxLength} characters, or has a control character.",
                "Use the id of the thing that the workflow is about.");
    }
}
