using Serverless.Jobs.Hosting;
using Serverless.Training.Epochs;
using Serverless.Training.Loops;
using Serverless.Training.Progress;
using Serverless.Training.Stopping;
using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>The loop that every trainer of networks uses: epochs of steps, a measurement and a checkpoint after each, an end when it is time.</summary>
internal sealed class Trainer(LoopOptions options, ComputeSite site, JobRun job, TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan CheckpointPause = TimeSpan.FromSeconds(10);
    private readonly LoopReport report = new(job, output);
    private readonly TorchCheckpoint checkpoint = new(job, output);

    /// <summary>Trains. Afterwards the network is on the device, in 32 bits and in evaluation mode, with the weights of the best epoch if rows to validate on were put aside, else of the last.</summary>
    /// <param name="task">What is learnt.</param>
    /// <param name="fingerprint">Tells the data and the options from others, for checkpoints.</param>
    /// <exception cref="OperationCanceledException">The job is to stop; a checkpoint is saved.</exception>
    public void Train(TrainingTask task, string fingerprint)
    {
        var network = task.Network.to(site.Device);
        var batches = task.Batches([.. Enumerable.Range(0, task.Rows)], options.BatchSize).Count;
        using var stepper = new Stepper(network, options, options.RateOver(batches), site);
        var best = new BestWeights(network);
        var stopping = new EarlyStopping(options.Patience, task.Watched.Higher);
        var resumed = checkpoint.TryResume(network, stepper, best, fingerprint);
        var progress = resumed ?? new TrainingProgress { Fingerprint = fingerprint, Scale = stepper.FirstScale };
        output.WriteLine(FormattableString.Invariant($"{network.parameters().Sum(each => each.numel())} weights, {task.Rows} rows, {batches} batches an epoch, on {site}."));
        if (resumed is not null)
            output.WriteLine(IsDone() ? "The checkpoint has the trained network: goes straight to the export." : FormattableString.Invariant($"Goes on in epoch {progress.Epoch + 1}, after {progress.Step} steps."));
        var (saved, kept) = (clock.GetTimestamp(), resumed);
        while (!IsDone())
        {
            progress = Epoch(task, stepper, stopping, best, progress);
            var due = options.CheckpointEvery is { } every ? progress.Epoch % every == 0 : clock.GetElapsedTime(saved) > CheckpointPause;
            BreakOffIfAsked(network, stepper, best, progress);
            if (due)
            {
                checkpoint.Save(network, stepper, best, progress);
                (saved, kept) = (clock.GetTimestamp(), progress);
            }
        }

        if (kept != progress)
            checkpoint.Save(network, stepper, best, progress); // before the export, which may fail
        best.Restore();
        if (!best.IsThere)
            stepper.Finish();
        network.to(ScalarType.Float32).eval();

        bool IsDone() => progress.Epoch >= options.Epochs || stopping.IsDone(progress.Stopping);
    }

    private TrainingProgress Epoch(TrainingTask task, Stepper stepper, EarlyStopping stopping, BestWeights best, TrainingProgress progress)
    {
        var begun = clock.GetTimestamp();
        task.Network.train();
        progress = Batches(task, stepper, best, progress);
        List<Metric> metrics = [new("loss", progress.LossSum / Math.Max(1, progress.LossRows)), .. Measure(task)];
        var state = progress.Stopping;
        if (task.HasValidation && metrics.Find(metric => metric.Name == task.Watched.Name) is { } watched)
        {
            state = stopping.Observe(state, progress.Epoch, watched.Value);
            if (state.BestEpoch == progress.Epoch)
                best.Keep();
        }

        report.Epoch(progress.Epoch + 1, options.Epochs, metrics, clock.GetElapsedTime(begun));
        if (stopping.IsDone(state))
            output.WriteLine(FormattableString.Invariant($"Ended after {state.Since} epochs without a better {task.Watched.Name} than {state.Best:0.######} of epoch {state.BestEpoch + 1}, as --patience says."));
        return progress.NextEpoch(state);
    }

    /// <summary>The batches of an epoch that are still to come. Gradients are cleared after a step, so only between steps the run can be broken off and taken up.</summary>
    private TrainingProgress Batches(TrainingTask task, Stepper stepper, BestWeights best, TrainingProgress progress)
    {
        var batches = task.Batches(EpochOrder.Shuffled(task.Rows, options.Seed, progress.Epoch), options.BatchSize);
        while (progress.Batch < batches.Count)
        {
            var together = Math.Min(options.Accumulate, batches.Count - progress.Batch);
            for (var i = 0; i < together; i++)
            {
                using var scope = NewDisposeScope();
                var rows = batches[progress.Batch];
                var loss = task.Loss(progress.Epoch, rows, site);
                Stepper.Add(loss, 1.0 / together, progress.Scale);
                progress = progress.AfterBatch(loss.item<float>(), rows.Length);
            }

            progress = progress with { Scale = stepper.Step(progress.Step, progress.Scale), Step = progress.Step + 1 };
            if (progress.Batch < batches.Count)
                BreakOffIfAsked(task.Network, stepper, best, progress);
        }

        return progress;
    }

    private void BreakOffIfAsked(nn.Module network, Stepper stepper, BestWeights best, TrainingProgress progress)
    {
        if (!job.Stopping.IsCancellationRequested)
            return;
        checkpoint.Save(network, stepper, best, progress);
        job.Stopping.ThrowIfCancellationRequested();
    }

    private IReadOnlyList<Metric> Measure(TrainingTask task)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        task.Network.eval();
        return task.Measure(site);
    }
}
