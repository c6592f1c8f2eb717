using Serverless.Agent.Attempts;
using Serverless.Agent.Starting;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent.Parts;

/// <summary>What an end is called.</summary>
public sealed class ExitVerdictTests
{
    [Theory]
    [InlineData(0, "None", false, JobReason.Completed)]
    [InlineData(1 << 8, "None", false, JobReason.ProgramFailed)]
    [InlineData(1 << 8, "None", true, JobReason.DiskFull)]
    [InlineData(0, "None", true, JobReason.Completed)]
    [InlineData(9, "None", false, JobReason.OutOfMemory)]
    [InlineData(137 << 8, "None", false, JobReason.OutOfMemory)]
    [InlineData(15, "None", false, JobReason.ProgramFailed)]
    [InlineData(9, "Asked", false, JobReason.StopRequested)]
    [InlineData(0, "Asked", false, JobReason.StopRequested)]
    [InlineData(9, "TimeLimit", true, JobReason.TimeLimit)]
    [InlineData(9, "Evicted", false, JobReason.Evicted)]
    [InlineData(9, "LeaseLost", false, JobReason.NodeLost)]
    public void Reason_IsDecidedByCauseThenBySystemThenByCode(int status, string cause, bool diskFull, JobReason reason) =>
        Assert.Equal(reason, ExitVerdict.Of(ProgramEnd.FromStatus(status), Enum.Parse<StopCause>(cause), new LimitSpec(), diskFull ? "full" : null, []).Reason);

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(3 << 8, 3, null)]
    [InlineData(9, 137, 9)]
    [InlineData(11 | 0x80, 139, 11)]
    public void Status_OfTheSystem_IsReadAsTheShellDoes(int status, int code, int? signal) =>
        Assert.Equal(new ProgramEnd(code, signal), ProgramEnd.FromStatus(status));
}
