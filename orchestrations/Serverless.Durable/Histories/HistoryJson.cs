using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;

namespace Serverless.Durable.Histories;

/// <summary>Writes and reads the stored form of histories.</summary>
internal static class HistoryJson
{
    public static string Write(HistoryEvent entry) => JsonSerializer.Serialize(entry, HistoryContext.Default.HistoryEvent);

    /// <summary>Reads one line of a history.</summary>
    /// <exception cref="ServerlessException">It was written by a newer version, or is damaged.</exception>
    public static HistoryEvent Read(string json)
    {
        HistoryEvent? entry;
        try
        {
            entry = JsonSerializer.Deserialize(json, HistoryContext.Default.HistoryEvent);
        }
        catch (JsonException error)
        {
            throw Unreadable($"A line of a workflow's history cannot be read: {error.Message}", error);
        }

        return entry switch
        {
            Started { Format: > Started.CurrentFormat } started => throw Unreadable(
                $"A workflow's history has format {started.Format}; this version reads formats up to {Started.CurrentFormat}.", null),
            null => throw Unreadable("A line of a workflow's history is null.", null),
            _ => entry,
        };
    }

    public static string Write(WorkflowFailure failure) => JsonSerializer.Serialize(failure, HistoryContext.Default.WorkflowFailure);

    public static WorkflowFailure? ReadFailure(string? json) => json is null ? null : JsonSerializer.Deserialize(json, HistoryContext.Default.WorkflowFailure);

    public static string Write(List<EventCame> events) => JsonSerializer.Serialize(events, HistoryContext.Default.ListEventCame);

    public static List<EventCame> ReadEvents(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, HistoryContext.Default.ListEventCame) ?? [];

    private static ServerlessException Unreadable(string message, Exception? inner) =>
        new(ProblemCodes.Internal, message, "Run the version that wrote it, or a newer one.", inner: inner);
}
