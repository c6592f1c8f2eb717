namespace Serverless.Core.Jobs;

/// <summary>What a decision about a job takes besides its record.</summary>
/// <param name="Rules">How long things may take.</param>
/// <param name="Suspect">The claim that was found run out when the job was last looked at; one that was not renewed since is lost. So a clock that jumps, or a host that was down, costs no attempt.</param>
/// <param name="OthersRun">Whether other jobs of its pool run now: then its turn will come.</param>
/// <param name="Short">What its pool is short of now and may have later, in words: then it waits as long as if others ran. Null: nothing is known.</param>
/// <param name="Spend">What it may cost; null: anything.</param>
public sealed record JobWatchFacts(JobWatchRules Rules, string? Suspect, bool OthersRun, JobSpend? Spend = null, string? Short = null);
