using System.Text.Json;
using Serverless.Core.Failures;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// Failures on their way through an engine that keeps of an exception its type and its message: ours travel as JSON in the message, so that code, cure and whether a retry helps come
/// back as they went.
/// </summary>
public static class HostedFailures
{
    /// <summary>The code of an instance that was ended from outside.</summary>
    public const string Terminated = "terminated";

    private const string Nondeterminism = "nondeterminism";

    /// <summary>The exception with which a run ends.</summary>
    public static HostedRunException Ended(WorkflowFailure failure) => new(Write(failure));

    /// <summary>A failure as text.</summary>
    public static string Write(WorkflowFailure failure) => JsonSerializer.Serialize(failure, HostedJson.Default.WorkflowFailure);

    /// <summary>A failure that an engine tells of: one of ours, or the engine's own.</summary>
    /// <param name="errorType">The exception's type, with or without namespace.</param>
    /// <param name="message">Its message.</param>
    public static WorkflowFailure Read(string? errorType, string? message)
    {
        if (message is not null && message.StartsWith('{') && HostedJson.TryRead(message, HostedJson.Default.WorkflowFailure) is { Code.Length: > 0, Message: not null } ours)
            return ours;
        var type = string.IsNullOrWhiteSpace(errorType) ? "unknown" : errorType[(errorType.LastIndexOfAny(['.', '+']) + 1)..];
        var text = string.IsNullOrWhiteSpace(message) ? "The engine gave no reason." : WorkflowFailures.Cut(message);
        return type.StartsWith("NonDeterministic", StringComparison.Ordinal)
            ? new WorkflowFailure(Nondeterminism, text, new NondeterminismException(text).Cure, false)
            : new WorkflowFailure(type, text, null, true);
    }

    /// <summary>Why an instance that was ended from outside has no result, in the same words on every engine.</summary>
    internal static WorkflowFailure OfTermination(string instanceId, string? reason) =>
        new(Terminated, $"The workflow '{instanceId}' was terminated: {Plain(reason)}", null, false);

    /// <summary>A call of what the catalogue does not have.</summary>
    internal static ServerlessException UnknownActivity(string name) => new("unknown_activity", $"There is no activity '{name}' here.", "Run the version that has it.");

    private static string Plain(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return "no reason was given";
        try
        {
            using var json = JsonDocument.Parse(reason);
            return json.RootElement.ValueKind == JsonValueKind.String ? json.RootElement.GetString()! : reason;
        }
        catch (JsonException)
        {
            return reason;
        }
    }
}
