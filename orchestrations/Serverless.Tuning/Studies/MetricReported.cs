namespace Serverless.Tuning.Studies;

/// <summary>A running trial says how well it does.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Step">How far it is, such as an epoch; from 0.</param>
/// <param name="Value">The metric; <see cref="double.NaN"/> is a value like others.</param>
/// <param name="Objective">Which objective.</param>
public sealed record MetricReported(int Trial, int Step, double Value, int Objective = 0) : StudyEvent;
