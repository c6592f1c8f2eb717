namespace Serverless.Contracts.Wire;

/// <summary>Names of query parameters and headers, and their bounds: what host and clients agree on beside <see cref="Routes"/>.</summary>
/// <remarks>
/// Lists (jobs, data sets, models, versions, endpoints, triggers, nodes, pools, files) take <see cref="Limit"/> and <see cref="After"/> and answer a <see cref="Page{T}"/>.
/// A POST that makes something answers 201 (or 202 while a workflow goes on with it) with the thing; roll-back and deployments answer 202 with a <see cref="Endpoints.Deployment"/>;
/// a stop answers 202 with the <see cref="Jobs.Job"/>; a DELETE answers 204; every error is a <see cref="Problems.Problem"/>.
/// </remarks>
public static class ApiNames
{
    /// <summary>Query: most rows of a page, 1 to <see cref="MaxLimit"/>; default <see cref="DefaultLimit"/>.</summary>
    public const string Limit = "limit";

    /// <summary>Query: the <see cref="Page{T}.Next"/> of the page before.</summary>
    public const string After = "after";

    /// <summary>Query of the list of jobs: any part of the name, without regard to case.</summary>
    public const string Contains = "contains";

    /// <summary>Query of the list of jobs: a <see cref="Jobs.JobStatus"/>.</summary>
    public const string Status = "status";

    /// <summary>Query of the runs of an experiment: an <see cref="Experiments.RunKind"/>.</summary>
    public const string Kind = "kind";

    /// <summary>Query of the runs of an experiment: whether the trials of its studies are listed too, <c>true</c> or <c>false</c> (default).</summary>
    public const string Trials = "trials";

    /// <summary>Query of a comparison: a job's id; may be given several times.</summary>
    public const string Job = "job";

    /// <summary>Query of a comparison: a study's id or name; may be given several times.</summary>
    public const string Study = "study";

    /// <summary>Query of a comparison: how many of each study's best trials.</summary>
    public const string Top = "top";

    /// <summary>Query of a comparison: a metric, with <c>:last</c> (default), <c>:min</c>, <c>:max</c> or <c>:best</c>; may be given several times.</summary>
    public const string Metric = "metric";

    /// <summary>Query of a comparison: a metric, a parameter or a fact, with <c>:asc</c> or <c>:desc</c>.</summary>
    public const string Sort = "sort";

    /// <summary>Query of a comparison: <c>true</c> leaves out columns in which all runs are the same.</summary>
    public const string Differing = "differing";

    /// <summary>Query of a comparison: <c>true</c> counts the files that each run wrote.</summary>
    public const string Files = "files";

    /// <summary>Header of a change of an experiment: the <see cref="Experiments.ExperimentSummary.ETag"/> that it must still have.</summary>
    public const string IfMatch = "If-Match";

    /// <summary>Query of a log: the byte to begin at; default 0.</summary>
    public const string Offset = "offset";

    /// <summary>Query of metrics: the position to begin at; default 0.</summary>
    public const string Position = "position";

    /// <summary>Query of a log and of metrics: how long the host may hold the request while there is nothing new and the job goes on, in seconds, 0 (default) to <see cref="MaxWaitSeconds"/>.</summary>
    public const string WaitSeconds = "waitSeconds";

    /// <summary>Header of a POST that makes a job: the same key with the same body makes one job, however often it is sent; at most 128 visible ASCII characters.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Header of an answer with log bytes (<c>text/plain</c>): the offset after its last byte, to ask for next.</summary>
    public const string LogNext = "Serverless-Log-Next";

    /// <summary>Header of an answer with log bytes: <c>true</c> when the job has ended and this is the end of its log, else <c>false</c>.</summary>
    public const string LogEnded = "Serverless-Log-Ended";

    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most rows of a page.</summary>
    public const int MaxLimit = 200;

    /// <summary>Longest wait of one request, in seconds: below the idle time-outs of common proxies.</summary>
    public const int MaxWaitSeconds = 30;

    /// <summary>Most bytes of one answer with log bytes.</summary>
    public const int MaxLogBytes = 1024 * 1024;
}
