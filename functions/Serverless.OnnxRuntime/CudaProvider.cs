namespace Serverless.OnnxRuntime;

/// <summary>Runs sessions on a CUDA device where the library can.</summary>
internal static unsafe class CudaProvider
{
    /// <summary>Adds the provider to a session's options; false, with a warning in the log, when the library or the machine cannot.</summary>
    public static bool TryAppend(NativeRuntime runtime, nint options)
    {
        nint cuda = 0;
        try
        {
            runtime.Check(runtime.Api.CreateCudaProviderOptions(&cuda));
            runtime.Check(runtime.Api.SessionOptionsAppendExecutionProviderCuda(options, cuda));
            return true;
        }
        catch (OnnxException failure)
        {
            NativeRuntime.Logged?.Invoke(2, $"CUDA was asked for and is not to be had; the processor is used instead. {failure.Message}");
            return false;
        }
        finally
        {
            if (cuda != 0)
                runtime.Api.ReleaseCudaProviderOptions(cuda);
        }
    }
}
