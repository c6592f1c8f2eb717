namespace Serverless.Training.Forecasts;

/// <summary>One series of values at equal distances.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values in order; NaN where one is missing.</param>
internal sealed record Series(string Name, float[] Values);
