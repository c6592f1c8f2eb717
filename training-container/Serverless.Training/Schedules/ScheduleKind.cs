namespace Serverless.Training.Schedules;

/// <summary>How the learning rate goes on after the warm-up.</summary>
internal enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls to nothing along half a cosine (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,

    /// <summary>It rises for the first 30 % of the steps and falls for the rest, both along cosines (Smith and Topin 2018).</summary>
    OneCycle,
}
