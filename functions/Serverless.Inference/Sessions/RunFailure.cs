namespace Serverless.Inference.Sessions;

/// <summary>Why a run gave no answer.</summary>
/// <param name="Message">In words.</param>
/// <param name="Stopped">Whether it was stopped because it took too long.</param>
internal sealed record RunFailure(string Message, bool Stopped);
