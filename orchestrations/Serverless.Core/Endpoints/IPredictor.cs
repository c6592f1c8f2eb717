namespace Serverless.Core.Endpoints;

/// <summary>
/// Answers predictions. It reads and writes the bodies itself, so that both hosts only carry bytes. Nothing is thrown for what a caller did wrong:
/// the reply then is a problem document.
/// </summary>
public interface IPredictor
{
    /// <summary><c>POST /v2/models/{name}/infer</c> (Open Inference Protocol, version 2: JSON and the binary-tensor extension).</summary>
    Task<WireReply> InferAsync(string endpoint, WireRequest request, CancellationToken cancel);

    /// <summary><c>POST /endpoints/{name}/predict</c>: rows as JSON or CSV.</summary>
    Task<WireReply> PredictAsync(string endpoint, WireRequest request, CancellationToken cancel);

    /// <summary><c>GET /v2/models/{name}</c>.</summary>
    Task<WireReply> MetadataAsync(string endpoint, CancellationToken cancel);

    /// <summary><c>GET /v2/models/{name}/ready</c>: 200 when a call would be answered, whether or not the session is loaded.</summary>
    Task<WireReply> ReadyAsync(string endpoint, CancellationToken cancel);
}
