using System.Globalization;
using Serverless.Jobs.Arguments;

namespace Serverless.Training.Loops;

/// <summary>Where to compute.</summary>
/// <param name="Gpu">The GPU's number; null: the processor, or what is there.</param>
/// <param name="Automatic">Whether a GPU is taken when there is one, and else the processor.</param>
internal sealed record DeviceWish(int? Gpu, bool Automatic)
{
    /// <summary>A GPU when there is one.</summary>
    public static readonly DeviceWish Auto = new(null, true);

    /// <summary>The processor.</summary>
    public static readonly DeviceWish Cpu = new(null, false);

    /// <summary>Reads <c>--device</c>: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>. An error is left in the arguments.</summary>
    public static DeviceWish Parse(JobArguments given)
    {
        var text = given.Text("device", "auto").ToLowerInvariant();
        if (text is "auto" or "cpu")
            return text == "auto" ? Auto : Cpu;
        if (text == "cuda")
            return new(0, false);
        if (text.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new(number, false);
        given.Refuse($"--device '{text}' is not one of: auto, cpu, cuda, cuda:NUMBER.");
        return Auto;
    }

    /// <summary>Decides.</summary>
    /// <param name="gpus">The GPUs that are there.</param>
    /// <returns>The GPU's number; null: the processor.</returns>
    /// <exception cref="ArgumentException">A GPU is asked for that is not there.</exception>
    public int? Decide(int gpus)
    {
        if (Automatic)
            return gpus > 0 ? 0 : null;
        if (Gpu is { } number && number >= gpus)
            throw new ArgumentException($"--device cuda:{number} is not there: the machine has {gpus} GPUs that CUDA can use. Give --device cpu, or take a machine with a GPU and the image with CUDA.");
        return Gpu;
    }
}
