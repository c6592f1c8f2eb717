namespace Serverless.Tuning.Spaces;

/// <summary>A condition made ready to be asked often.</summary>
/// <param name="point">Coordinates in the order of <see cref="SearchSpace.Dimensions"/>; <see cref="double.NaN"/>: not there.</param>
internal delegate bool PointTest(ReadOnlySpan<double> point);
