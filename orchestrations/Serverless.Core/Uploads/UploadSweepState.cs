namespace Serverless.Core.Uploads;

/// <summary>How far uploads have been looked through.</summary>
/// <param name="Id">Of which container.</param>
/// <param name="SweptTo">What was written before this has been dealt with.</param>
public sealed record UploadSweepState(string Id, DateTimeOffset SweptTo);
