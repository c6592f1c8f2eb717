namespace Serverless.OnnxRuntime;

/// <summary>
/// ONNX Runtime's C API, version 17: the functions that we call, by their place in the table <c>OrtApi</c> of the published header
/// <c>onnxruntime_c_api.h</c>. The table only grows, so a place never changes its meaning. Every handle is a <c>nint</c>; every function that returns a
/// <c>nint</c> returns a status, 0 for success, which <see cref="NativeRuntime.Check"/> turns into an exception and frees.
/// </summary>
internal sealed unsafe class OnnxApi(nint* table)
{
    /// <summary>The version that we ask for: the lowest that has all of these functions, so that older libraries work too.</summary>
    public const uint Version = 17;

    public readonly delegate* unmanaged[Cdecl]<nint, int> GetErrorCode = (delegate* unmanaged[Cdecl]<nint, int>)table[1];
    public readonly delegate* unmanaged[Cdecl]<nint, byte*> GetErrorMessage = (delegate* unmanaged[Cdecl]<nint, byte*>)table[2];
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int, byte*, nint*, nint> CreateEnvWithCustomLogger = (delegate* unmanaged[Cdecl]<nint, nint, int, byte*, nint*, nint>)table[4];
    public readonly delegate* unmanaged[Cdecl]<nint, nint> DisableTelemetryEvents = (delegate* unmanaged[Cdecl]<nint, nint>)table[6];
    public readonly delegate* unmanaged[Cdecl]<nint, void*, nint, nint*, nint> CreateSession = (delegate* unmanaged[Cdecl]<nint, void*, nint, nint*, nint>)table[7];
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, nint*, nint> CreateSessionFromArray = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, nint*, nint>)table[8];
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run = (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)table[9];
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> CreateSessionOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)table[10];
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetSessionExecutionMode = (delegate* unmanaged[Cdecl]<nint, int, nint>)table[13];
    public readonly delegate* unmanaged[Cdecl]<nint, nint> DisableMemPattern = (delegate* unmanaged[Cdecl]<nint, nint>)table[17];
    public readonly delegate* unmanaged[Cdecl]<nint, nint> EnableCpuMemArena = (delegate* unmanaged[Cdecl]<nint, nint>)table[18];
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nint> SetSessionLogId = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)table[20];
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetSessionLogSeverityLevel = (delegate* unmanaged[Cdecl]<nint, int, nint>)table[22];
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetSessionGraphOptimizationLevel = (delegate* unmanaged[Cdecl]<nint, int, nint>)table[23];
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetIntraOpNumThreads = (delegate* unmanaged[Cdecl]<nint, int, nint>)table[24];
    public readonly delegate* unmanaged[Cdecl]<nint, int, nint> SetInterOpNumThreads = (delegate* unmanaged[Cdecl]<nint, int, nint>)table[25];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetInputCount = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)table[30];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetOutputCount = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)table[31];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetInputTypeInfo = (delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)table[33];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetOutputTypeInfo = (delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)table[34];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetInputName = (delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>)table[36];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetOutputName = (delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>)table[37];
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> CreateRunOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)table[39];
    public readonly delegate* unmanaged[Cdecl]<nint, nint> RunOptionsSetTerminate = (delegate* unmanaged[Cdecl]<nint, nint>)table[46];
    public readonly delegate* unmanaged[Cdecl]<nint, nint> RunOptionsUnsetTerminate = (delegate* unmanaged[Cdecl]<nint, nint>)table[47];
    public readonly delegate* unmanaged[Cdecl]<nint, long*, nuint, int, nint*, nint> CreateTensorAsOrtValue = (delegate* unmanaged[Cdecl]<nint, long*, nuint, int, nint*, nint>)table[48];
    public readonly delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue = (delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];
    public readonly delegate* unmanaged[Cdecl]<nint, int*, nint> IsTensor = (delegate* unmanaged[Cdecl]<nint, int*, nint>)table[50];
    public readonly delegate* unmanaged[Cdecl]<nint, void**, nint> GetTensorMutableData = (delegate* unmanaged[Cdecl]<nint, void**, nint>)table[51];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetStringTensorDataLength = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)table[53];
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, nuint*, nuint, nint> GetStringTensorContent = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nuint*, nuint, nint>)table[54];
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, nint> CastTypeInfoToTensorInfo = (delegate* unmanaged[Cdecl]<nint, nint*, nint>)table[55];
    public readonly delegate* unmanaged[Cdecl]<nint, int*, nint> GetOnnxTypeFromTypeInfo = (delegate* unmanaged[Cdecl]<nint, int*, nint>)table[56];
    public readonly delegate* unmanaged[Cdecl]<nint, int*, nint> GetTensorElementType = (delegate* unmanaged[Cdecl]<nint, int*, nint>)table[60];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetDimensionsCount = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)table[61];
    public readonly delegate* unmanaged[Cdecl]<nint, long*, nuint, nint> GetDimensions = (delegate* unmanaged[Cdecl]<nint, long*, nuint, nint>)table[62];
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, nuint, nint> GetSymbolicDimensions = (delegate* unmanaged[Cdecl]<nint, byte**, nuint, nint>)table[63];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetTensorShapeElementCount = (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)table[64];
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, nint> GetTensorTypeAndShape = (delegate* unmanaged[Cdecl]<nint, nint*, nint>)table[65];
    public readonly delegate* unmanaged[Cdecl]<int, int, nint*, nint> CreateCpuMemoryInfo = (delegate* unmanaged[Cdecl]<int, int, nint*, nint>)table[69];
    public readonly delegate* unmanaged[Cdecl]<nint, void*, nint> AllocatorFree = (delegate* unmanaged[Cdecl]<nint, void*, nint>)table[76];
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> GetAllocatorWithDefaultOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)table[78];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseEnv = (delegate* unmanaged[Cdecl]<nint, void>)table[92];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseStatus = (delegate* unmanaged[Cdecl]<nint, void>)table[93];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseMemoryInfo = (delegate* unmanaged[Cdecl]<nint, void>)table[94];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSession = (delegate* unmanaged[Cdecl]<nint, void>)table[95];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseValue = (delegate* unmanaged[Cdecl]<nint, void>)table[96];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseRunOptions = (delegate* unmanaged[Cdecl]<nint, void>)table[97];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTypeInfo = (delegate* unmanaged[Cdecl]<nint, void>)table[98];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseTensorTypeAndShapeInfo = (delegate* unmanaged[Cdecl]<nint, void>)table[99];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseSessionOptions = (delegate* unmanaged[Cdecl]<nint, void>)table[100];
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, nint> SessionGetModelMetadata = (delegate* unmanaged[Cdecl]<nint, nint*, nint>)table[111];
    public readonly delegate* unmanaged[Cdecl]<nint, nint, byte*, byte**, nint> ModelMetadataLookupCustomMetadataMap = (delegate* unmanaged[Cdecl]<nint, nint, byte*, byte**, nint>)table[116];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseModelMetadata = (delegate* unmanaged[Cdecl]<nint, void>)table[118];
    public readonly delegate* unmanaged[Cdecl]<byte***, int*, nint> GetAvailableProviders = (delegate* unmanaged[Cdecl]<byte***, int*, nint>)table[125];
    public readonly delegate* unmanaged[Cdecl]<byte**, int, nint> ReleaseAvailableProviders = (delegate* unmanaged[Cdecl]<byte**, int, nint>)table[126];
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint> AddSessionConfigEntry = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)table[130];
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint> SessionOptionsAppendExecutionProviderCuda = (delegate* unmanaged[Cdecl]<nint, nint, nint>)table[204];
    public readonly delegate* unmanaged[Cdecl]<nint*, nint> CreateCudaProviderOptions = (delegate* unmanaged[Cdecl]<nint*, nint>)table[205];
    public readonly delegate* unmanaged[Cdecl]<nint, void> ReleaseCudaProviderOptions = (delegate* unmanaged[Cdecl]<nint, void>)table[208];
    public readonly delegate* unmanaged[Cdecl]<nint, nuint, nuint, byte**, nint> GetResizedStringTensorElementBuffer = (delegate* unmanaged[Cdecl]<nint, nuint, nuint, byte**, nint>)table[252];
}
