namespace Serverless.Core.Telemetry;

/// <summary>The names under which the product's spans and metrics can be listened to, one for each project; the attributes that several of them share.</summary>
public static class TelemetryNames
{
    /// <summary>Of <c>Serverless.Core</c>: the activities of workflows.</summary>
    public const string Core = "Serverless.Core";

    /// <summary>Of <c>Serverless.Orchestrations</c>: data, triggers, jobs, deployments.</summary>
    public const string Orchestrations = "Serverless.Orchestrations";

    /// <summary>Of <c>Serverless.Api</c>: requests, claims, nodes.</summary>
    public const string Api = "Serverless.Api";

    /// <summary>Of <c>Serverless.Inference</c>: sessions and predictions.</summary>
    public const string Inference = "Serverless.Inference";

    /// <summary>Those of a host. Agents have their own, <c>Serverless.Agent</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [Core, Orchestrations, Api, Inference];

    /// <summary>Attribute: a job's id. On spans only.</summary>
    public const string JobId = "serverless.job.id";

    /// <summary>Attribute: a workflow instance's id. On spans only.</summary>
    public const string WorkflowId = "serverless.workflow.id";

    /// <summary>Attribute: a node's id. On spans only.</summary>
    public const string NodeId = "serverless.node.id";

    /// <summary>Attribute: a pool's name.</summary>
    public const string Pool = "serverless.pool";

    /// <summary>Attribute: an endpoint's name.</summary>
    public const string Endpoint = "serverless.endpoint";

    /// <summary>Attribute: a model version, <c>name@version</c>. On spans only.</summary>
    public const string Model = "serverless.model";

    /// <summary>Attribute: a data set's name. On spans only.</summary>
    public const string Dataset = "serverless.dataset";

    /// <summary>Attribute: how a thing stands or ended, one of an enumeration.</summary>
    public const string Status = "serverless.status";

    /// <summary>Attribute: why, one of an enumeration.</summary>
    public const string Reason = "serverless.reason";
}
