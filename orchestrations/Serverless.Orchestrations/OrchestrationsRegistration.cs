using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Budgets;
using Serverless.Core.Compute;
using Serverless.Core.Datasets;
using Serverless.Core.Endpoints;
using Serverless.Core.Experiments;
using Serverless.Core.Ids;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Secrets;
using Serverless.Core.Studies;
using Serverless.Core.Triggers;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Deployments;
using Serverless.Orchestrations.Endpoints;
using Serverless.Orchestrations.Experiments;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Loops;
using Serverless.Orchestrations.Models;
using Serverless.Orchestrations.Placement;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Studies.Findings;
using Serverless.Orchestrations.Studies.Plans;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Orchestrations.Studies.Trials;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Training;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Orchestrations;

/// <summary>Brings the workflows and use cases into a host.</summary>
public static class OrchestrationsRegistration
{
    /// <summary>
    /// Adds the document sets, the use cases, the sweeps and the catalogue of workflows and activities. The host brings the ports (documents, artifacts, doorbell,
    /// compute pool, secrets, endpoint host, workflow client), <see cref="TimeProvider"/>, logging, and a <see cref="PoolOptions"/> for each pool.
    /// </summary>
    public static IServiceCollection AddOrchestrations(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, TimeOrderedIds>();
        services.TryAddSingleton<PoolTable>();
        services.TryAddSingleton<JobWatchRules>();
        services.TryAddSingleton<EndpointDefaults>();
        services.TryAddSingleton<BudgetOptions>();
        AddSets(services);

        services.AddSingleton<JobSubmission>().AddSingleton<JobPlacing>().AddSingleton<JobStopping>().AddSingleton<JobNews>().AddSingleton<JobEnding>().AddSingleton<JobLogTail>();
        services.AddSingleton<MonthlyBudget>().AddSingleton<BudgetSweep>().AddSingleton<BudgetSetting>();
        services.AddSingleton<DatasetLanding>().AddSingleton<DatasetLookup>();
        services.AddSingleton<TriggerDispatch>().AddSingleton<TriggerSweep>();
        services.AddSingleton<EndpointDeployments>().AddSingleton<EndpointChanges>().AddSingleton<DeploymentEnding>().AddSingleton<EndpointDrain>();
        services.AddSingleton<PoolScaling>().AddSingleton<PoolQueue>().AddSingleton<PoolNodes>();
        services.AddSingleton<Reaper>().AddSingleton<JobSweep>().AddSingleton<DeploymentSweep>().AddSingleton<NodeSweep>().AddSingleton<PoolSweep>().AddSingleton<WorkflowRetention>();
        services.AddSingleton<JobSecrets>().AddSingleton<JobAdmission>().AddSingleton<JobFacts>().AddSingleton<JobObserver>().AddSingleton<ModelIntake>().AddSingleton<ModelTaking>().AddSingleton<ModelRegistry>();
        services.AddSingleton<AdmitActivity>().AddSingleton<ObserveActivity>().AddSingleton<RegisterActivity>().AddSingleton<GateActivity>();
        services.AddSingleton<Training.EndActivity>().AddSingleton<ReleaseActivity>();
        services.AddSingleton<CheckActivity>().AddSingleton<ProbeActivity>().AddSingleton<RouteActivity>().AddSingleton<VerifyActivity>().AddSingleton<FinishActivity>();
        AddStudies(services);
        services.AddSingleton<ExperimentViews>().AddSingleton<ExperimentChanges>().AddSingleton<ExperimentRuns>().AddSingleton<BestTrials>().AddSingleton<RunFiles>().AddSingleton<StudyRuns>().AddSingleton<ExperimentComparisons>();
        services.AddSingleton<TriggerLoop>().AddSingleton<SweepLoop>();
        services.TryAddSingleton<LoopOptions>();
        services.TryAddSingleton<JobNewsOptions>();
        services.TryAddSingleton<RetentionOptions>();
        services.AddSingleton(_ => OrchestrationsCatalog.Create());
        return services;
    }

    private static void AddStudies(IServiceCollection services)
    {
        services.TryAddSingleton<StudyOptions>();
        services.AddSingleton<StudySubmission>().AddSingleton<StudyChanges>().AddSingleton<StudyEnding>().AddSingleton<StudyLook>();
        services.AddSingleton<SearchArchive>().AddSingleton<SearchShelf>().AddSingleton<WarmStart>().AddSingleton<TrialJobs>().AddSingleton<TrialReports>();
        services.AddSingleton(provider => new StudyResuming(
            provider.GetRequiredService<StudySet>(), provider.GetRequiredService<JobSet>(), provider.GetRequiredService<SearchArchive>(),
            provider.GetRequiredService<StudySubmission>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StudyTrials(provider.GetRequiredService<SearchArchive>()));
        services.AddSingleton(provider => new StudyFindings(provider.GetRequiredService<SearchArchive>(), provider.GetRequiredService<ImportanceShelf>()));
        services.AddSingleton<ImportanceShelf>();
        services.TryAddSingleton<PlanOptions>();
        services.AddSingleton<PlanMachines>().AddSingleton<EarlierSearch>().AddSingleton<PlanSurvey>();
        services.AddSingleton(provider => new StudyPlanning(provider.GetRequiredService<PlanSurvey>(), provider.GetRequiredService<StudyOptions>(), provider.GetRequiredService<PlanOptions>()));
        services.AddSingleton(provider => new StudySweep(
            provider.GetRequiredService<StudySet>(), provider.GetRequiredService<IWorkflowClient>(), provider.GetRequiredService<StudySubmission>(), provider.GetRequiredService<StudyEnding>()));
        services.AddSingleton<LookActivity>().AddSingleton<PublishActivity>().AddSingleton<Studies.EndActivity>();
    }

    private static void AddSets(IServiceCollection services)
    {
        services.TryAddSingleton<JobSet>();
        services.TryAddSingleton<NodeSet>();
        services.TryAddSingleton<DatasetSet>();
        services.TryAddSingleton<StudySet>();
        services.TryAddSingleton<ExperimentSet>();
        services.TryAddSingleton<NoteSet>();
        services.TryAddSingleton<ModelSet>();
        services.TryAddSingleton<ModelNumberSet>();
        services.TryAddSingleton<EndpointSet>();
        services.TryAddSingleton<DeploymentSet>();
        services.TryAddSingleton<TriggerSet>();
        services.TryAddSingleton<FiringSet>();
        services.TryAddSingleton<BudgetSet>();
        services.TryAddSingleton<LedgerSet>();
    }
}
