using Serverless.Contracts.Experiments;
using Serverless.Core.Experiments.Runs;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;

namespace Serverless.Orchestrations.Experiments;

/// <summary>Studies as runs: their own words, and of the best trial's job what only it knows, the versions of the data and the machine.</summary>
public sealed class StudyRuns(JobSet jobs, TimeProvider clock)
{
    /// <summary>How many jobs are read at once.</summary>
    private const int AtOnce = 16;

    /// <summary>Of how many studies the best trial's job is read: a page's. Of more, a study says what it was asked for.</summary>
    private const int Read = 200;

    /// <summary>The runs, in the order of the studies.</summary>
    public async Task<IReadOnlyList<ExperimentRun>> ViewAsync(IReadOnlyList<StudyRecord> studies, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var best = new Dictionary<string, JobRecord>(StringComparer.Ordinal);
        foreach (var some in studies.Take(Read).Select(study => study.Best.Count > 0 ? study.Best[0].JobId : null).OfType<string>().Chunk(AtOnce))
        {
            foreach (var job in (await Task.WhenAll(some.Select(id => jobs.FindAsync(id, cancel)))).OfType<JobRecord>())
                best[job.Id] = job;
        }

        return [.. studies.Select(study => RunViews.View(study, study.Best is [{ JobId: { } id }, ..] ? best.GetValueOrDefault(id) : null, now))];
    }
}
