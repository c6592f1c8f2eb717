namespace Serverless.Contracts;

/// <summary>Every path of the HTTP interface, as route templates. The host maps them, clients fill them in.</summary>
public static class Routes
{
    /// <summary>Whether the process is alive.</summary>
    public const string Live = "/health/live";

    /// <summary>Whether the host can do its work.</summary>
    public const string Ready = "/health/ready";

    /// <summary>The description of the interface.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>GET the JSON Schema of a study's file.</summary>
    public const string StudySchema = "/schemas/study.json";

    /// <summary>PUT bytes by their hash; HEAD asks whether they are there.</summary>
    public const string Content = "/api/v1/content/{sha256}";

    /// <summary>GET the newest version of each data set.</summary>
    public const string Datasets = "/api/v1/datasets";

    /// <summary>GET the versions of a data set; POST a manifest of uploaded content as a new version.</summary>
    public const string DatasetVersions = "/api/v1/datasets/{name}/versions";

    /// <summary>GET one version (or <c>latest</c>).</summary>
    public const string DatasetVersion = "/api/v1/datasets/{name}/versions/{version}";

    /// <summary>GET the first rows and the columns of one version.</summary>
    public const string DatasetPreview = "/api/v1/datasets/{name}/versions/{version}/preview";

    /// <summary>PUT one file: a new version of the data set, which lands under <c>{name}/{path}</c>.</summary>
    public const string DatasetFile = "/api/v1/datasets/{name}/files/{**path}";

    /// <summary>GET jobs, POST a job.</summary>
    public const string Jobs = "/api/v1/jobs";

    /// <summary>POST: what a job would run on and could cost, without running it.</summary>
    public const string JobEstimate = "/api/v1/jobs/estimate";

    /// <summary>GET one job.</summary>
    public const string Job = "/api/v1/jobs/{id}";

    /// <summary>POST: stop a job.</summary>
    public const string JobStop = "/api/v1/jobs/{id}/stop";

    /// <summary>GET the log from a byte offset; may wait for more.</summary>
    public const string JobLogs = "/api/v1/jobs/{id}/logs";

    /// <summary>GET metric points from a position; may wait for more.</summary>
    public const string JobMetrics = "/api/v1/jobs/{id}/metrics";

    /// <summary>GET the files that a job wrote.</summary>
    public const string JobFiles = "/api/v1/jobs/{id}/files";

    /// <summary>GET one of them.</summary>
    public const string JobFile = "/api/v1/jobs/{id}/files/{**path}";

    /// <summary>GET studies, POST a study.</summary>
    public const string Studies = "/api/v1/studies";

    /// <summary>POST: what a study would come to.</summary>
    public const string StudyPlan = "/api/v1/studies/plan";

    /// <summary>GET one study.</summary>
    public const string Study = "/api/v1/studies/{id}";

    /// <summary>GET its trials.</summary>
    public const string StudyTrials = "/api/v1/studies/{id}/trials";

    /// <summary>GET which parameters mattered.</summary>
    public const string StudyImportance = "/api/v1/studies/{id}/importance";

    /// <summary>GET its trials in the order in which they ended.</summary>
    public const string StudyHistory = "/api/v1/studies/{id}/history";

    /// <summary>GET what its trials reported while they ran.</summary>
    public const string StudyCurves = "/api/v1/studies/{id}/curves";

    /// <summary>GET its trials as lines across parameters and objectives.</summary>
    public const string StudyParallel = "/api/v1/studies/{id}/parallel";

    /// <summary>POST: stop a study.</summary>
    public const string StudyStop = "/api/v1/studies/{id}/stop";

    /// <summary>POST: change the limits of a study that runs.</summary>
    public const string StudyResize = "/api/v1/studies/{id}/resize";

    /// <summary>POST: a study that has ended goes on with all its trials.</summary>
    public const string StudyResume = "/api/v1/studies/{id}/resume";

    /// <summary>GET experiments.</summary>
    public const string Experiments = "/api/v1/experiments";

    /// <summary>GET an experiment, PATCH what is said of it.</summary>
    public const string Experiment = "/api/v1/experiments/{name}";

    /// <summary>GET its notes, POST one.</summary>
    public const string ExperimentNotes = "/api/v1/experiments/{name}/notes";

    /// <summary>GET its studies, jobs and trials.</summary>
    public const string ExperimentRuns = "/api/v1/experiments/{name}/runs";

    /// <summary>GET some of them side by side.</summary>
    public const string ExperimentComparison = "/api/v1/experiments/{name}/comparison";

    /// <summary>GET the newest version of each model.</summary>
    public const string Models = "/api/v1/models";

    /// <summary>GET the versions of a model.</summary>
    public const string ModelVersions = "/api/v1/models/{name}/versions";

    /// <summary>GET one version of a model.</summary>
    public const string ModelVersion = "/api/v1/models/{name}/versions/{version}";

    /// <summary>GET its ONNX file.</summary>
    public const string ModelFile = "/api/v1/models/{name}/versions/{version}/file";

    /// <summary>GET endpoints.</summary>
    public const string Endpoints = "/api/v1/endpoints";

    /// <summary>GET or DELETE an endpoint.</summary>
    public const string Endpoint = "/api/v1/endpoints/{name}";

    /// <summary>POST: put a model version behind the endpoint.</summary>
    public const string EndpointDeployments = "/api/v1/endpoints/{name}/deployments";

    /// <summary>POST: go back to what answered before.</summary>
    public const string EndpointRollback = "/api/v1/endpoints/{name}/rollback";

    /// <summary>GET one deployment.</summary>
    public const string Deployment = "/api/v1/deployments/{id}";

    /// <summary>POST rows as JSON or CSV.</summary>
    public const string Predict = "/endpoints/{name}/predict";

    /// <summary>Open Inference Protocol: POST tensors.</summary>
    public const string Infer = "/v2/models/{name}/infer";

    /// <summary>Open Inference Protocol: GET what the model takes and gives.</summary>
    public const string InferMetadata = "/v2/models/{name}";

    /// <summary>Open Inference Protocol: whether the endpoint would answer.</summary>
    public const string InferModelReady = "/v2/models/{name}/ready";

    /// <summary>Open Inference Protocol: whether the server is alive.</summary>
    public const string InferLive = "/v2/health/live";

    /// <summary>Open Inference Protocol: whether the server is ready.</summary>
    public const string InferReady = "/v2/health/ready";

    /// <summary>GET triggers.</summary>
    public const string Triggers = "/api/v1/triggers";

    /// <summary>GET, PUT or DELETE a trigger.</summary>
    public const string Trigger = "/api/v1/triggers/{name}";

    /// <summary>GET, PUT or DELETE what the jobs of a month may cost.</summary>
    public const string Budget = "/api/v1/budget";

    /// <summary>GET pools.</summary>
    public const string Pools = "/api/v1/pools";

    /// <summary>GET nodes.</summary>
    public const string Nodes = "/api/v1/nodes";

    /// <summary>GET keys, POST a new one.</summary>
    public const string Keys = "/api/v1/keys";

    /// <summary>DELETE: the key works no more.</summary>
    public const string Key = "/api/v1/keys/{id}";

    /// <summary>GET or PUT bytes by a short-lived address.</summary>
    public const string Artifact = "/artifacts/{**path}";

    /// <summary>POST: an agent says hello.</summary>
    public const string AgentHello = "/agent/v1/nodes";

    /// <summary>DELETE: an agent leaves.</summary>
    public const string AgentNode = "/agent/v1/nodes/{node}";

    /// <summary>POST: claim a job.</summary>
    public const string AgentClaim = "/agent/v1/claims";

    /// <summary>POST: keep a claim.</summary>
    public const string AgentRenew = "/agent/v1/jobs/{id}/renew";

    /// <summary>POST: report of an attempt.</summary>
    public const string AgentReport = "/agent/v1/jobs/{id}/report";

    /// <summary>PUT log bytes; query: node, epoch, offset.</summary>
    public const string AgentLog = "/agent/v1/jobs/{id}/log";

    /// <summary>POST: ask for addresses to upload to.</summary>
    public const string AgentUploads = "/agent/v1/jobs/{id}/uploads";

    /// <summary>POST: commit a checkpoint.</summary>
    public const string AgentCheckpoint = "/agent/v1/jobs/{id}/checkpoint";

    /// <summary>Fills a template in: each value is escaped; that of <c>{**path}</c> segment by segment.</summary>
    /// <param name="template">One of the templates above.</param>
    /// <param name="values">The values in the order of the template's parameters.</param>
    /// <exception cref="ArgumentException">There are fewer or more values than parameters.</exception>
    public static string Fill(string template, params ReadOnlySpan<string> values)
    {
        var filled = new System.Text.StringBuilder(template.Length + 32);
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{')
            {
                filled.Append(template[i]);
                continue;
            }

            var end = template.IndexOf('}', i);
            if (next == values.Length)
                throw new ArgumentException($"'{template}' has more parameters than the {values.Length} values given.", nameof(values));
            filled.Append(template[i + 1] == '*'
                ? string.Join('/', values[next].Split('/').Select(Uri.EscapeDataString))
                : Uri.EscapeDataString(values[next]));
            next++;
            i = end;
        }

        return next == values.Length
            ? filled.ToString()
            : throw new ArgumentException($"'{template}' has {next} parameters, {values.Length} values were given.", nameof(values));
    }
}
