using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>ONNX Runtime as this process has it, with its failures in the platform's words.</summary>
internal static class LoadedLibrary
{
    /// <summary>The library, loaded now when it is not yet.</summary>
    /// <param name="path">Where the user says it is; see <see cref="NativeRuntime.Shared"/>.</param>
    /// <exception cref="ServerlessException"><c>unavailable</c> when there is none, or it is too old.</exception>
    public static NativeRuntime Get(string? path)
    {
        try
        {
            return NativeRuntime.Shared(path);
        }
        catch (OnnxLibraryException failure)
        {
            throw new ServerlessException(ProblemCodes.Unavailable, failure.Message, failure.Cure, inner: failure);
        }
    }
}
