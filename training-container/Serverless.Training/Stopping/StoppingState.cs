namespace Serverless.Training.Stopping;

/// <summary>What is remembered between epochs.</summary>
/// <param name="Best">The best value; null before the first.</param>
/// <param name="BestEpoch">Its epoch, from 0; −1 before the first.</param>
/// <param name="Since">Epochs since then.</param>
internal sealed record StoppingState(double? Best, int BestEpoch, int Since)
{
    /// <summary>Before the first epoch.</summary>
    public static StoppingState Start { get; } = new(null, -1, 0);
}
