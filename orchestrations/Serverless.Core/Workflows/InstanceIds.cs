using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Workflows;

/// <summary>
/// What an instance's id may look like on every engine: 1 to 100 characters, none of them a control character or one of <c>/ \ # ?</c>, and no <c>@</c> first
/// (the rules of Durable Functions, which keeps ids as keys of tables).
/// </summary>
public static class InstanceIds
{
    private const int MaxLength = 100;

    /// <summary>Checks an id.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void Check(string instanceId)
    {
        if (string.IsNullOrWhiteSpace(instanceId) || instanceId.Length > MaxLength || instanceId[0] == '@' || instanceId.Any(c => char.IsControl(c) || c is '/' or '\\' or '#' or '?'))
            throw Fail.Invalid("instanceId", $"The instance id {Shown.Quote(instanceId ?? "")} is empty, longer than {MaxLength} characters, begins with '@', or has a control character or one of '/', '\\', '#', '?'.",
                "Use the id of the thing that the workflow is about.");
    }
}
