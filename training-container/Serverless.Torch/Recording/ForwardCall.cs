using TorchSharp;

namespace Serverless.Torch.Recording;

/// <summary>Calls a module and says at which sizes it failed.</summary>
internal static class ForwardCall
{
    /// <exception cref="RecordingException">forward failed.</exception>
    public static IReadOnlyList<torch.Tensor> Run(ModuleCall forward, IReadOnlyList<torch.Tensor> inputs, string sizes)
    {
        try
        {
            return forward(inputs);
        }
        catch (Exception failed) when (failed is not RecordingException) // whatever a user's code throws
        {
            throw new RecordingException($"forward failed at {sizes}: {FirstLine(failed)} If the module does not take these sizes, give others in the option Sizes; if the dimensions are fixed, say so in DynamicAxes.", failed);
        }
    }

    /// <summary>libtorch adds its own stack to a message, which says nothing to those who call from C#.</summary>
    private static string FirstLine(Exception failed) => failed.Message.Split('\n')[0].TrimEnd() is var line && line.EndsWith('.') ? line : line + ".";
}
