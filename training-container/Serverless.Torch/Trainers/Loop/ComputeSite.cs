using Serverless.Training.Loops;
using static TorchSharp.torch;

namespace Serverless.Torch.Trainers.Loop;

/// <summary>Where, and in what, a network computes.</summary>
/// <param name="Device">The processor or a GPU.</param>
/// <param name="Type">What the network's inputs are turned into.</param>
internal sealed record ComputeSite(Device Device, ScalarType Type)
{
    /// <summary>Takes the device, sets the threads and the seed. To be called before a network is made.</summary>
    /// <exception cref="ArgumentException">The device is not there, or does not compute in what is wished for.</exception>
    public static ComputeSite Open(LoopOptions options)
    {
        PassiveThreads.Ask();
        set_num_threads(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        var gpu = options.Device.Decide(cuda.is_available() ? cuda.device_count() : 0);
        if (gpu is null && options.Precision == ComputePrecision.Float16)
            throw new ArgumentException("--precision float16 needs a GPU. Give --precision bfloat16, or float32, on the processor.");
        random.manual_seed(options.Seed);
        var type = options.Precision switch
        {
            ComputePrecision.Float32 => ScalarType.Float32,
            ComputePrecision.BFloat16 => ScalarType.BFloat16,
            ComputePrecision.Float16 => ScalarType.Float16,
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Precision, "There is no such precision."),
        };
        return new(gpu is { } number ? new Device(TorchSharp.DeviceType.CUDA, number) : CPU, type);
    }

    /// <summary>A floating-point tensor where the network takes it.</summary>
    public Tensor Bring(Tensor values) => values.to(Type, Device);

    /// <summary>Whole numbers where the network takes them.</summary>
    public Tensor Bring(long[] values, params long[] shape) => tensor(values, dtype: ScalarType.Int64).reshape(shape).to(Device);

    /// <summary>Numbers where the network takes them.</summary>
    public Tensor Bring(float[] values, params long[] shape) => tensor(values, dtype: ScalarType.Float32).reshape(shape).to(Type, Device);

    /// <summary>The site in words.</summary>
    public override string ToString() => Device.type == TorchSharp.DeviceType.CUDA
        ? $"GPU {Device.index}, {Word}"
        : System.FormattableString.Invariant($"{get_num_threads()} threads of the processor, {Word}");

    private string Word => Type switch { ScalarType.BFloat16 => "bfloat16", ScalarType.Float16 => "float16", _ => "float32" };
}
