namespace Serverless.Training.Stopping;

/// <summary>Says when a run has stopped getting better.</summary>
/// <param name="Patience">So many epochs may pass without a better value; 0: the run is never stopped.</param>
/// <param name="Higher">Whether higher is better.</param>
/// <param name="Margin">A value is better when it is so by more than this.</param>
internal sealed record EarlyStopping(int Patience, bool Higher, double Margin = 0)
{
    /// <summary>Takes the value of an epoch.</summary>
    /// <param name="state">What was before.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="value">The value; one that is no number is never better.</param>
    public StoppingState Observe(StoppingState state, int epoch, double value)
    {
        var better = !double.IsNaN(value) && (state.Best is not { } best || (Higher ? value - best : best - value) > Margin);
        return better ? new(value, epoch, 0) : state with { Since = state.Since + 1 };
    }

    /// <summary>Whether enough epochs have passed.</summary>
    public bool IsDone(StoppingState state) => Patience > 0 && state.Since >= Patience;
}
