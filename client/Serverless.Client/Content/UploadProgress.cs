namespace Serverless.Client.Content;

/// <summary>How far an upload is.</summary>
/// <param name="Files">Files done.</param>
/// <param name="TotalFiles">Files in all.</param>
/// <param name="SentBytes">Bytes that were sent; the rest the host had already.</param>
/// <param name="Bytes">Bytes done.</param>
public readonly record struct UploadProgress(int Files, int TotalFiles, long SentBytes, long Bytes);
