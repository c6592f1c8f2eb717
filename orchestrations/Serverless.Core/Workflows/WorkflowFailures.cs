using Serverless.Core.Failures;

namespace Serverless.Core.Workflows;

/// <summary>Turns exceptions into what is stored of them.</summary>
public static class WorkflowFailures
{
    private const int MaxMessageLength = 8_192;

    /// <summary>Our own exceptions keep code, cure and whether a retry helps; others go by their type's name, and a retry may help unless the type says that the call itself is wrong.</summary>
    public static WorkflowFailure Of(Exception error) => error switch
    {
        ServerlessException known => new WorkflowFailure(known.Code, Cut(known.Message), known.Cure, known.Retryable),
        _ => new WorkflowFailure(error.GetType().Name, Cut(error.Message), null, MayPass(error)),
    };

    private static bool MayPass(Exception error) => error is not
        (ArgumentException or NotImplementedException or NotSupportedException or InvalidCastException or NullReferenceException
        or IndexOutOfRangeException or System.Text.Json.JsonException);

    /// <summary>A message, cut to what is kept of it.</summary>
    internal static string Cut(string message) => message.Length <= MaxMessageLength ? message : string.Concat(message.AsSpan(0, MaxMessageLength), "…");
}
