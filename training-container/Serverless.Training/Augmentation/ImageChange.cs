namespace Serverless.Training.Augmentation;

/// <summary>One change of one image.</summary>
/// <param name="ShiftX">Shift to the right, as a share of the width.</param>
/// <param name="ShiftY">Shift downwards, as a share of the height.</param>
/// <param name="Degrees">Turn clockwise.</param>
/// <param name="Zoom">Factor of size.</param>
/// <param name="Contrast">Factor of the distance from the image's mean.</param>
/// <param name="Mirror">Whether left and right change places.</param>
internal readonly record struct ImageChange(double ShiftX, double ShiftY, double Degrees, double Zoom, double Contrast, bool Mirror);
