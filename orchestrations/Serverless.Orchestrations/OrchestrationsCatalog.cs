using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Training;

namespace Serverless.Orchestrations;

/// <summary>All workflows and activities, for whichever engine runs them.</summary>
public static class OrchestrationsCatalog
{
    /// <summary>Makes the catalogue. Activities are found among the services that <see cref="OrchestrationsRegistration.AddOrchestrations"/> added.</summary>
    public static WorkflowCatalog Create() => new WorkflowCatalog(OrchestrationsJson.Default.Options)
        .Add(TrainingNames.Workflow, () => new TrainingWorkflow())
        .Add(TrainingNames.Admit, services => services.GetRequiredService<AdmitActivity>(), step => step.TraceParent)
        .Add(TrainingNames.Observe, services => services.GetRequiredService<ObserveActivity>())
        .Add(TrainingNames.Register, services => services.GetRequiredService<RegisterActivity>(), step => step.TraceParent)
        .Add(TrainingNames.Gate, services => services.GetRequiredService<GateActivity>(), step => step.TraceParent)
        .Add(TrainingNames.End, services => services.GetRequiredService<Training.EndActivity>(), end => end.TraceParent)
        .Add(TrainingNames.Release, services => services.GetRequiredService<ReleaseActivity>(), step => step.TraceParent)
        .Add(StudyNames.Workflow, () => new StudyWorkflow())
        .Add(StudyNames.Look, services => services.GetRequiredService<LookActivity>())
        .Add(StudyNames.Publish, services => services.GetRequiredService<PublishActivity>(), step => step.TraceParent)
        .Add(StudyNames.End, services => services.GetRequiredService<Studies.EndActivity>(), end => end.TraceParent)
        .Add(DeploymentNames.Workflow, () => new DeploymentWorkflow())
        .Add(DeploymentNames.Check, services => services.GetRequiredService<CheckActivity>(), step => step.TraceParent)
        .Add(DeploymentNames.Probe, services => services.GetRequiredService<ProbeActivity>(), step => step.TraceParent)
        .Add(DeploymentNames.Route, services => services.GetRequiredService<RouteActivity>(), step => step.TraceParent)
        .Add(DeploymentNames.Verify, services => services.GetRequiredService<VerifyActivity>(), step => step.TraceParent)
        .Add(DeploymentNames.Finish, services => services.GetRequiredService<FinishActivity>(), end => end.TraceParent);
}
