using Serverless.Training.Loops;
using Serverless.Training.Scaling;
using Serverless.Training.Schedules;
using Serverless.Training.Tables;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>Takes steps: AdamW (Loshchilov and Hutter 2019) with clipped gradients and the rate of the schedule, in 16 bits by way of 32-bit weights and a scaled loss.</summary>
internal sealed class Stepper : IDisposable
{
    private const double NoClip = 1e30;
    private readonly LoopOptions options;
    private readonly LearningRateSchedule rates;
    private readonly MasterWeights? masters;
    private readonly List<Parameter> parameters;
    private readonly AdamW optimizer;

    /// <summary>Makes the optimizer of a network that is where it computes.</summary>
    public Stepper(nn.Module network, LoopOptions options, LearningRateSchedule rates, ComputeSite site)
    {
        this.options = options;
        this.rates = rates;
        masters = options.Precision == ComputePrecision.Float32 ? null : new(network, site.Type);
        parameters = [.. masters?.Parameters ?? network.parameters()];
        optimizer = new([Group(parameters.Where(IsMatrix), options.WeightDecay), Group(parameters.Where(each => !IsMatrix(each)), 0)]);
    }

    /// <summary>Where the loss's scale begins.</summary>
    public LossScale FirstScale => options.Precision == ComputePrecision.Float16 ? LossScale.Start : LossScale.None;

    /// <summary>Adds a batch's gradients.</summary>
    /// <param name="loss">The batch's mean loss.</param>
    /// <param name="share">The batch's share in the step.</param>
    /// <param name="scale">The loss's scale.</param>
    public static void Add(Tensor loss, double share, LossScale scale) => loss.mul(share * scale.Factor).backward();

    /// <summary>Takes a step with the gradients that were added, and clears them.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="scale">The loss's scale.</param>
    /// <returns>The scale of the next step.</returns>
    /// <exception cref="DataException">The gradients are not finite, and not because of the scale.</exception>
    public LossScale Step(long step, LossScale scale)
    {
        masters?.TakeGradients(scale.Factor);
        var length = nn.utils.clip_grad_norm_(parameters, options.Clip > 0 ? options.Clip : NoClip);
        var finite = double.IsFinite(length);
        if (!finite && options.Precision != ComputePrecision.Float16)
            throw new DataException(FormattableString.Invariant($"The loss stopped being a number in step {step + 1}. Give a smaller --learning-rate than {options.LearningRate}, or look for values that are out of all proportion in the data."));
        if (finite)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rates.RateAt(step);
            optimizer.step();
            masters?.Give();
        }

        optimizer.zero_grad();
        return options.Precision == ComputePrecision.Float16 ? scale.After(finite) : scale;
    }

    /// <summary>Leaves the network in 32 bits with the weights that were learnt.</summary>
    public void Finish() => masters?.Finish();

    /// <summary>Writes the optimizer's state.</summary>
    public void Save(BinaryWriter writer)
    {
        optimizer.save_state_dict(writer);
        masters?.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader reader)
    {
        optimizer.load_state_dict(reader);
        masters?.Load(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => optimizer.Dispose();

    private static bool IsMatrix(Parameter parameter) => parameter.dim() > 1;

    private AdamW.ParamGroup Group(IEnumerable<Parameter> members, double decay) => new([.. members], lr: options.LearningRate, weight_decay: decay);
}
