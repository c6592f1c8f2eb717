using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Contracts.Access;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Costs;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Inference;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Triggers;

namespace Serverless.Contracts.Wire;

/// <summary>
/// The one JSON context of everything that goes over the wire: camel-case names, enumerations as text, null members left out,
/// unknown members ignored (so that an older reader takes a newer writer's message), duplicate members refused.
/// A member with a default of its own is <c>set</c>, not <c>init</c>: the generated reader gives an <c>init</c> member that a message leaves out its type's default instead.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(RunningHost))]
[JsonSerializable(typeof(DatasetVersion))]
[JsonSerializable(typeof(DatasetManifest))]
[JsonSerializable(typeof(DatasetPreview))]
[JsonSerializable(typeof(Page<DatasetVersion>), TypeInfoPropertyName = "DatasetPage")]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobPlacement))]
[JsonSerializable(typeof(Page<Job>), TypeInfoPropertyName = "JobPage")]
[JsonSerializable(typeof(JobMetrics))]
[JsonSerializable(typeof(MetricPoint))]
[JsonSerializable(typeof(Page<JobFile>), TypeInfoPropertyName = "JobFilePage")]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(Page<ModelVersion>), TypeInfoPropertyName = "ModelPage")]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(Page<Endpoint>), TypeInfoPropertyName = "EndpointPage")]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(PredictResponse))]
[JsonSerializable(typeof(StudySpec))]
[JsonSerializable(typeof(Study))]
[JsonSerializable(typeof(Page<Study>), TypeInfoPropertyName = "StudyPage")]
[JsonSerializable(typeof(Page<StudyTrial>), TypeInfoPropertyName = "StudyTrialPage")]
[JsonSerializable(typeof(StudyResize))]
[JsonSerializable(typeof(StudyResume))]
[JsonSerializable(typeof(ExperimentSummary))]
[JsonSerializable(typeof(Page<ExperimentSummary>), TypeInfoPropertyName = "ExperimentPage")]
[JsonSerializable(typeof(ExperimentChange))]
[JsonSerializable(typeof(ExperimentComparison))]
[JsonSerializable(typeof(ExperimentNote))]
[JsonSerializable(typeof(Page<ExperimentNote>), TypeInfoPropertyName = "ExperimentNotePage")]
[JsonSerializable(typeof(ExperimentNoteRequest))]
[JsonSerializable(typeof(Page<ExperimentRun>), TypeInfoPropertyName = "ExperimentRunPage")]
[JsonSerializable(typeof(StudyImportance))]
[JsonSerializable(typeof(StudyHistory))]
[JsonSerializable(typeof(Page<TrialCurve>), TypeInfoPropertyName = "TrialCurvePage")]
[JsonSerializable(typeof(ParallelCoordinates))]
[JsonSerializable(typeof(StudyPlanRequest))]
[JsonSerializable(typeof(StudyPlan))]
[JsonSerializable(typeof(Trigger))]
[JsonSerializable(typeof(TriggerSpec))]
[JsonSerializable(typeof(Page<Trigger>), TypeInfoPropertyName = "TriggerPage")]
[JsonSerializable(typeof(Page<Node>), TypeInfoPropertyName = "NodePage")]
[JsonSerializable(typeof(Page<Pool>), TypeInfoPropertyName = "PoolPage")]
[JsonSerializable(typeof(Budget))]
[JsonSerializable(typeof(BudgetRequest))]
[JsonSerializable(typeof(NodeHello))]
[JsonSerializable(typeof(NodeWelcome))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(JobTicket))]
[JsonSerializable(typeof(RenewRequest))]
[JsonSerializable(typeof(RenewResponse))]
[JsonSerializable(typeof(AttemptReport))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadResponse))]
[JsonSerializable(typeof(CheckpointCommit))]
[JsonSerializable(typeof(LogAppended))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(ApiKeyMade))]
[JsonSerializable(typeof(Page<ApiKey>), TypeInfoPropertyName = "ApiKeyPage")]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferResponse))]
[JsonSerializable(typeof(InferMetadata))]
public sealed partial class ContractsJson : JsonSerializerContext;
