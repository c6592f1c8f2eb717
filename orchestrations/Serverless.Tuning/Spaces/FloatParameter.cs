namespace Serverless.Tuning.Spaces;

/// <summary>A number in [<paramref name="Low"/>, <paramref name="High"/>].</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The least value; more than 0 with <paramref name="Log"/>.</param>
/// <param name="High">The greatest value; with a step, the last one that the steps reach is.</param>
/// <param name="Log">Equal ratios are equally likely, not equal differences.</param>
/// <param name="Step">The values are <paramref name="Low"/> and whole steps from there; null: any. Not with <paramref name="Log"/>.</param>
public sealed record FloatParameter(string Name, double Low, double High, bool Log = false, double? Step = null) : Parameter(Name);
