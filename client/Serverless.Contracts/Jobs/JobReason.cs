using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Jobs;

/// <summary>Why a job's attempt, or the job, ended.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JobReason>))]
public enum JobReason
{
    /// <summary>Nothing to say.</summary>
    None,

    /// <summary>All was done.</summary>
    Completed,

    /// <summary>The job could not be admitted: an input does not exist, for example.</summary>
    NotAdmitted,

    /// <summary>No node came within the time allowed.</summary>
    NoCapacity,

    /// <summary>The program could not be started: it does not exist or may not be executed.</summary>
    ProgramNotFound,

    /// <summary>The container image could not be had, or the node cannot run containers.</summary>
    ImageUnavailable,

    /// <summary>The container runtime could not start the container, or lost it.</summary>
    ContainerFailed,

    /// <summary>An input could not be brought to the node.</summary>
    InputUnavailable,

    /// <summary>The program ended with an exit code other than 0.</summary>
    ProgramFailed,

    /// <summary>The program was killed for memory (exit code 137 that we did not cause).</summary>
    OutOfMemory,

    /// <summary>The limit on the run's time was reached.</summary>
    TimeLimit,

    /// <summary>The job's own limit on its cost was reached.</summary>
    CostLimit,

    /// <summary>The month's budget was reached.</summary>
    BudgetReached,

    /// <summary>The node's disk, or the store, is full.</summary>
    DiskFull,

    /// <summary>The node or its agent stopped answering.</summary>
    NodeLost,

    /// <summary>The node was asked to leave (pre-emption, shut-down).</summary>
    Evicted,

    /// <summary>The program ended well but the model file it should have written is not there.</summary>
    ModelMissing,

    /// <summary>The model file is not a model that can be loaded and run.</summary>
    ModelInvalid,

    /// <summary>The model does not pass the gate.</summary>
    GateRejected,

    /// <summary>The endpoint did not take the model.</summary>
    DeploymentFailed,

    /// <summary>Somebody asked for it.</summary>
    StopRequested,

    /// <summary>Our fault; the host's log has it.</summary>
    Internal,

    /// <summary>It was a trial of a study, which gave it up: others did better.</summary>
    Pruned,
}
