using TorchSharp;

namespace Serverless.Torch.Children;

/// <summary>
/// How a module is built again in another process: a record of its settings, which System.Text.Json can write and read, with the one method that makes the module from them.
/// The weights come from a file afterwards.
/// </summary>
public interface IModuleRecipe
{
    /// <summary>Makes the module, with the same parameters and buffers as the one whose weights are to be loaded.</summary>
    torch.nn.Module Build();
}
