namespace Serverless.Training.Schedules;

/// <summary>The learning rate of each step of the optimizer.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="Peak">The greatest rate.</param>
/// <param name="Steps">The steps of the whole run.</param>
/// <param name="WarmupSteps">Steps at the beginning over which the rate rises evenly from nothing to where the shape begins; 0: none.</param>
internal sealed record LearningRateSchedule(ScheduleKind Kind, double Peak, long Steps, long WarmupSteps = 0)
{
    private const double RisingShare = 0.3;
    private const double FirstOfPeak = 1.0 / 25;
    private const double LastOfFirst = 1.0 / 10_000;

    /// <summary>The rate at a step.</summary>
    /// <param name="step">The step, from 0. After the last one the rate is that of the last one.</param>
    public double RateAt(long step)
    {
        if (step < WarmupSteps)
            return Peak * Shape(0) * (step + 1) / (WarmupSteps + 1);
        var steps = Steps - WarmupSteps;
        return Peak * Shape(steps <= 1 ? 1 : Math.Clamp((step - WarmupSteps) / (double)(steps - 1), 0, 1));
    }

    private double Shape(double share) => Kind switch
    {
        ScheduleKind.Constant => 1,
        ScheduleKind.Cosine => Between(1, 0, share),
        ScheduleKind.OneCycle => share < RisingShare
            ? Between(FirstOfPeak, 1, share / RisingShare)
            : Between(1, FirstOfPeak * LastOfFirst, (share - RisingShare) / (1 - RisingShare)),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "There is no such schedule."),
    };

    private static double Between(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
