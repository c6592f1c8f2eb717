using System.Text.Json;
using Serverless.Training.Scaling;
using Serverless.Training.Stopping;

namespace Serverless.Training.Progress;

/// <summary>
/// Where a run is: with the weights, the optimizer's state and the generator's state it is all that is needed to go on as if nothing had happened. Batches of the running epoch that
/// are done are not done again, since their order follows from the seed (<see cref="Epochs.EpochOrder"/>).
/// </summary>
internal sealed record TrainingProgress
{
    /// <summary>Tells the data and the options of this run from others.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The epoch that runs, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Its batches that are done.</summary>
    public int Batch { get; init; }

    /// <summary>Steps of the optimizer so far.</summary>
    public long Step { get; init; }

    /// <summary>The sum of the running epoch's losses, each times its rows.</summary>
    public double LossSum { get; init; }

    /// <summary>The rows in that sum.</summary>
    public long LossRows { get; init; }

    /// <summary>The best value so far.</summary>
    public StoppingState Stopping { get; init; } = StoppingState.Start;

    /// <summary>The factor of the loss in 16-bit training.</summary>
    public LossScale Scale { get; init; } = LossScale.None;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>Null when it cannot be read: the run then begins anew.</returns>
    public static TrainingProgress? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProgressJson.Default.TrainingProgress);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it as JSON.</summary>
    public void Write(Stream stream) => JsonSerializer.Serialize(stream, this, ProgressJson.Default.TrainingProgress);

    /// <summary>After a batch.</summary>
    public TrainingProgress AfterBatch(double loss, int rows) => this with { Batch = Batch + 1, LossSum = LossSum + loss * rows, LossRows = LossRows + rows };

    /// <summary>At the beginning of the next epoch.</summary>
    public TrainingProgress NextEpoch(StoppingState stopping) => this with { Epoch = Epoch + 1, Batch = 0, LossSum = 0, LossRows = 0, Stopping = stopping };
}
