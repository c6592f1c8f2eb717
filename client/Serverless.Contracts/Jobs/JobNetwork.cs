using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Jobs;

/// <summary>What a job's program can reach over the network.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JobNetwork>))]
public enum JobNetwork
{
    /// <summary>Whatever the node reaches, without the machine's metadata address.</summary>
    Internet,

    /// <summary>Nothing. A node that runs programs as containers enforces it; one that runs them as processes says in the job's log that it cannot.</summary>
    None,
}
