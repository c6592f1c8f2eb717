using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Studies;

/// <summary>Ends a study. Twice does no harm: what has ended stays as it ended.</summary>
internal sealed class EndActivity(StudyEnding ending) : IActivity<StudyEnd, Nothing>
{
    public async Task<Nothing> RunAsync(ActivityCall call, StudyEnd input, CancellationToken cancel)
    {
        await ending.EndAsync(input, cancel);
        return Nothing.Value;
    }
}
