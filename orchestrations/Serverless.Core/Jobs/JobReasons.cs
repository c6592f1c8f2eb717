using Serverless.Contracts.Jobs;

namespace Serverless.Core.Jobs;

/// <summary>What each reason means: whether another attempt may mend it, how the job ends, and what to tell a person. Total: a reason without an answer does not compile away, it throws.</summary>
public static class JobReasons
{
    /// <summary>Whether another attempt, perhaps on another node, may end otherwise. A program that fails by itself is not started again.</summary>
    public static bool Retryable(JobReason reason) => reason switch
    {
        JobReason.NodeLost or JobReason.Evicted or JobReason.InputUnavailable => true,
        JobReason.None or JobReason.Completed or JobReason.NotAdmitted or JobReason.NoCapacity or JobReason.ProgramNotFound or JobReason.ImageUnavailable or JobReason.ContainerFailed or JobReason.ProgramFailed
            or JobReason.OutOfMemory or JobReason.TimeLimit or JobReason.CostLimit or JobReason.BudgetReached or JobReason.DiskFull or JobReason.ModelMissing or JobReason.ModelInvalid or JobReason.GateRejected
            or JobReason.DeploymentFailed or JobReason.StopRequested or JobReason.Internal or JobReason.Pruned => false,
        _ => throw Unknown(reason),
    };

    /// <summary>How a job ends for a reason.</summary>
    public static JobStatus FinalStatus(JobReason reason) => reason switch
    {
        JobReason.Completed => JobStatus.Succeeded,
        JobReason.StopRequested or JobReason.Pruned => JobStatus.Stopped,
        JobReason.None or JobReason.NotAdmitted or JobReason.NoCapacity or JobReason.ProgramNotFound or JobReason.ImageUnavailable or JobReason.ContainerFailed
            or JobReason.InputUnavailable or JobReason.ProgramFailed
            or JobReason.OutOfMemory or JobReason.TimeLimit or JobReason.CostLimit or JobReason.BudgetReached or JobReason.DiskFull or JobReason.NodeLost or JobReason.Evicted or JobReason.ModelMissing
            or JobReason.ModelInvalid or JobReason.GateRejected or JobReason.DeploymentFailed or JobReason.Internal => JobStatus.Failed,
        _ => throw Unknown(reason),
    };

    /// <summary>The reason in words, for when nobody said more.</summary>
    public static string Words(JobReason reason) => reason switch
    {
        JobReason.None => "No reason was given.",
        JobReason.Completed => "All was done.",
        JobReason.NotAdmitted => "The job could not be admitted.",
        JobReason.NoCapacity => "No node came within the time allowed.",
        JobReason.ProgramNotFound => "The program could not be started.",
        JobReason.ImageUnavailable => "The container image could not be had.",
        JobReason.ContainerFailed => "The container runtime could not run the container.",
        JobReason.InputUnavailable => "An input could not be brought to the node.",
        JobReason.ProgramFailed => "The program ended with an error.",
        JobReason.OutOfMemory => "The program was killed for memory.",
        JobReason.TimeLimit => "The limit on the run's time was reached.",
        JobReason.CostLimit => "The job's limit on its cost was reached.",
        JobReason.BudgetReached => "The month's budget was reached.",
        JobReason.DiskFull => "The disk is full.",
        JobReason.NodeLost => "The node or its agent stopped answering.",
        JobReason.Evicted => "The node was asked to leave.",
        JobReason.ModelMissing => "The model file that the program should have written is not there.",
        JobReason.ModelInvalid => "The model file cannot be loaded and run.",
        JobReason.GateRejected => "The model does not pass the gate.",
        JobReason.DeploymentFailed => "The endpoint did not take the model.",
        JobReason.StopRequested => "Somebody asked for the job to stop.",
        JobReason.Internal => "The platform failed.",
        JobReason.Pruned => "The study gave this trial up: others do better.",
        _ => throw Unknown(reason),
    };

    /// <summary>What to do about it; null when there is nothing to mend.</summary>
    public static string? Cure(JobReason reason) => reason switch
    {
        JobReason.None or JobReason.Completed or JobReason.StopRequested or JobReason.Pruned => null,
        JobReason.NotAdmitted => "Correct what is named and submit the job again.",
        JobReason.NoCapacity => "Look at the pool's nodes and its limit, then submit the job again.",
        JobReason.ProgramNotFound => "Check the command's first word: it must be in the job's code, or be installed on the node and executable.",
        JobReason.ImageUnavailable => "Check the image's name and that the node may pull it, or use a pool whose nodes run containers.",
        JobReason.ContainerFailed => "Read the message: it has the runtime's own words; the node's container runtime may need a look.",
        JobReason.InputUnavailable => "Check that the data set's files are all there, then submit the job again.",
        JobReason.ProgramFailed => "Read the last log lines, mend the program or its arguments, and submit the job again.",
        JobReason.OutOfMemory => "Use less memory (a smaller batch, fewer rows) or a pool with larger machines.",
        JobReason.TimeLimit => "Raise limits.maxRunSeconds, or make the program faster; with checkpoints it goes on where it was.",
        JobReason.CostLimit => "Raise limits.maxCost and submit the job again; its last checkpoint is kept among its files.",
        JobReason.BudgetReached => "Raise the budget ('serverless budget set') or wait for the next month, then submit the job again; its last checkpoint is kept among its files.",
        JobReason.DiskFull => "Make room on the disk, then submit the job again.",
        JobReason.NodeLost => "Look at the node's log; raise limits.maxAttempts, and write checkpoints so that an attempt goes on where the last one was.",
        JobReason.Evicted => "Raise limits.maxAttempts, or use a pool whose machines are not taken away.",
        JobReason.ModelMissing => "Write the model to the folder that SERVERLESS_MODEL_DIR names, under the name that model.file says.",
        JobReason.ModelInvalid => "Write a valid ONNX model without external data; 'onnx.checker' and the job's log help to find what is wrong.",
        JobReason.GateRejected => "Train a better model, or lower the gate.",
        JobReason.DeploymentFailed => "Look at the deployment's message, then deploy the model version again.",
        JobReason.Internal => "Submit the job again; the host's log has what happened under the job's id.",
        _ => throw Unknown(reason),
    };

    private static ArgumentOutOfRangeException Unknown(JobReason reason) => new(nameof(reason), reason, "This reason has no meaning yet.");
}
