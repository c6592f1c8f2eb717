using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Studies;
using Serverless.Orchestrations.Training;

namespace Serverless.Orchestrations;

/// <summary>The JSON context of what stands in histories: inputs and results of workflows and activities, and payloads of events. Members are added, as optional ones; they are never renamed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(JobChanged))]
[JsonSerializable(typeof(TrainingInput))]
[JsonSerializable(typeof(JobStep))]
[JsonSerializable(typeof(ObserveInput))]
[JsonSerializable(typeof(StepTaken))]
[JsonSerializable(typeof(JobEnd))]
[JsonSerializable(typeof(StudyInput))]
[JsonSerializable(typeof(StudyStep))]
[JsonSerializable(typeof(StudyPublished))]
[JsonSerializable(typeof(StudyEnd))]
[JsonSerializable(typeof(DeploymentInput))]
[JsonSerializable(typeof(DeploymentEnd))]
[JsonSerializable(typeof(DeploymentOutcome))]
internal sealed partial class OrchestrationsJson : JsonSerializerContext;
