using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Studies;

/// <summary>Looks at a study. Twice does no harm: see <see cref="StudyLook"/>.</summary>
internal sealed class LookActivity(StudyLook look) : IActivity<StudyStep, StudySeen>
{
    public Task<StudySeen> RunAsync(ActivityCall call, StudyStep input, CancellationToken cancel) => look.SeeAsync(input.StudyId, cancel);
}
