using System.Globalization;
using Serverless.Agent.Containers;
using Serverless.Agent.Starting;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Attempts;

/// <summary>Decides what an ended program is called: the reason, and the reason in words.</summary>
internal static class ExitVerdict
{
    private const int SigKill = 9;

    /// <summary>Decides.</summary>
    /// <param name="end">How the program ended.</param>
    /// <param name="cause">Why the agent stopped it, if it did.</param>
    /// <param name="limits">The job's limits.</param>
    /// <param name="diskFull">What says that a disk is full; null when none is.</param>
    /// <param name="unsent">Output files that the store did not take because it is full.</param>
    /// <param name="trouble">What the container runtime says beside the exit code; null: nothing.</param>
    public static (JobReason Reason, string? Message) Of(
        ProgramEnd end, StopCause cause, LimitSpec limits, string? diskFull, IReadOnlyList<string> unsent, ContainerTrouble? trouble = null) => cause switch
        {
            StopCause.Asked => (JobReason.StopRequested, $"The job was asked to stop; its program ended with {Words(end)}."),
            StopCause.TimeLimit => (JobReason.TimeLimit, Text($"The program ran for its limit of {limits.MaxRunSeconds:N0} s and was stopped. Raise limits.maxRunSeconds, or let the program do less.")),
            StopCause.Evicted => (JobReason.Evicted, $"The node had to leave; the program ended with {Words(end)}."),
            StopCause.LeaseLost => (JobReason.NodeLost, "The claim was lost."),
            StopCause.None when trouble is not null => (trouble.Reason, trouble.Message),
            StopCause.None when unsent.Count > 0 => (JobReason.DiskFull, Text($"The store is full: {unsent.Count} output files could not be kept, such as '{unsent[0]}'. Free space in the store and run the job again.")),
            StopCause.None when end.Code == 0 => (JobReason.Completed, null),
            StopCause.None when diskFull is not null => (JobReason.DiskFull, $"The program ended with {Words(end)}: {diskFull}"),
            StopCause.None when end.Signal == SigKill || end.Code == 128 + SigKill =>
                (JobReason.OutOfMemory, "The program was killed (exit code 137), and not by the platform: it very likely used more memory than there is. Use a smaller batch, or a node with more memory."),
            StopCause.None => (JobReason.ProgramFailed, $"The program ended with {Words(end)}. Its last lines are with the job."),
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
        };

    private static string Words(ProgramEnd end) =>
        end.Signal is { } signal ? Text($"signal {signal} (exit code {end.Code})") : Text($"exit code {end.Code}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
