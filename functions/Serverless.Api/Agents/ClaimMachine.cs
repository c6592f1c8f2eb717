using Serverless.Contracts.Jobs;

namespace Serverless.Api.Agents;

/// <summary>A node as a job's record will have it.</summary>
/// <param name="Machine">What it is.</param>
/// <param name="PricePerHour">What it costs.</param>
/// <param name="Currency">In which currency.</param>
internal sealed record ClaimMachine(JobMachine Machine, decimal PricePerHour, string Currency);
