namespace Serverless.Tuning.Spaces;

/// <summary>A whole number in [<paramref name="Low"/>, <paramref name="High"/>], both at most 2⁵³ in magnitude.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The least value; at least 1 with <paramref name="Log"/>.</param>
/// <param name="High">The greatest value; with a step, the last one that the steps reach is.</param>
/// <param name="Log">Equal ratios are equally likely, not equal differences.</param>
/// <param name="Step">The distance of two values; 1 with <paramref name="Log"/>.</param>
public sealed record IntParameter(string Name, long Low, long High, bool Log = false, long Step = 1) : Parameter(Name);
