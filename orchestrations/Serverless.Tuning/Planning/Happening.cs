namespace Serverless.Tuning.Planning;

/// <summary>Something that happens in a simulated study.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">To which trial or node.</param>
/// <param name="Token">It is out of date when the trial or node has another by then.</param>
internal readonly record struct Happening(HappeningKind Kind, int Id, int Token);
