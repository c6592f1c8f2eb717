namespace Serverless.Tuning.GaussianProcesses;

/// <summary>How much a place is worth a trial, as a logarithm.</summary>
internal interface IAcquisition
{
    /// <summary>The worth of a place.</summary>
    double At(ReadOnlySpan<double> place);

    /// <summary>The worth of a place, and its gradient.</summary>
    /// <param name="place">Coordinates.</param>
    /// <param name="gradient">Result.</param>
    /// <param name="work">As many elements, overwritten.</param>
    double At(ReadOnlySpan<double> place, Span<double> gradient, Span<double> work);
}
