using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Serverless.OnnxRuntime;

namespace Serverless.Functions.Tests.Inference;

/// <summary>
/// Calls every function that is bound, through the place in the table that it is bound to: a wrong place would crash or answer nonsense. The session under test
/// takes and gives text, so that those functions answer too.
/// </summary>
public sealed unsafe class OnnxApiTests
{
    private readonly NativeRuntime runtime = NativeRuntime.Shared();
    private readonly HashSet<string> called = [];

    private OnnxApi Api => runtime.Api;

    [Fact]
    public void EveryBoundFunction_Called_AnswersAsTheHeaderSays()
    {
        Environments();
        var options = Options();
        var session = Session(options, Models.Flowers());
        Ports(session);
        Metadata(session);
        var texts = Texts();
        var numbers = Numbers();
        Types(texts);
        Runs(session, texts, numbers);
        Cuda(options);
        Failure(options);
        Call("ReleaseValue");
        Api.ReleaseValue(texts);
        Api.ReleaseValue(numbers);
        Call("ReleaseSession");
        Api.ReleaseSession(session);
        Call("ReleaseSessionOptions");
        Api.ReleaseSessionOptions(options);
        Assert.Equal(typeof(OnnxApi).GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => field.Name).Order(), called.Order());
    }

    [Fact]
    public void Shared_Library_IsTheOneThatIsPinned() => Assert.Equal("1.30.0", runtime.LibraryVersion);

    private void Call(string name) => called.Add(name);

    private void Environments()
    {
        Call("CreateEnvWithCustomLogger");
        var environment = runtime.CreateEnvironment();
        Assert.NotEqual(0, environment);
        Call("DisableTelemetryEvents");
        Good(Api.DisableTelemetryEvents(environment));
        Call("ReleaseEnv");
        Api.ReleaseEnv(environment);
        Call("GetAvailableProviders");
        Call("ReleaseAvailableProviders");
        Assert.Contains("CPUExecutionProvider", runtime.Providers());
        nint memory;
        Call("CreateCpuMemoryInfo");
        Good(Api.CreateCpuMemoryInfo(1, 0, &memory));
        Call("ReleaseMemoryInfo");
        Api.ReleaseMemoryInfo(memory);
        nint allocator;
        Call("GetAllocatorWithDefaultOptions");
        Good(Api.GetAllocatorWithDefaultOptions(&allocator));
        Assert.Equal(runtime.Allocator, allocator);
    }

    private nint Options()
    {
        nint options;
        Call("CreateSessionOptions");
        Good(Api.CreateSessionOptions(&options));
        Call("SetSessionExecutionMode");
        Good(Api.SetSessionExecutionMode(options, 0));
        Call("DisableMemPattern");
        Good(Api.DisableMemPattern(options));
        Call("EnableCpuMemArena");
        Good(Api.EnableCpuMemArena(options));
        Call("SetSessionLogSeverityLevel");
        Good(Api.SetSessionLogSeverityLevel(options, 3));
        Call("SetSessionGraphOptimizationLevel");
        Good(Api.SetSessionGraphOptimizationLevel(options, 99));
        Call("SetIntraOpNumThreads");
        Good(Api.SetIntraOpNumThreads(options, 1));
        Call("SetInterOpNumThreads");
        Good(Api.SetInterOpNumThreads(options, 1));
        fixed (byte* id = "test\0"u8, key = "session.intra_op.allow_spinning\0"u8, value = "0\0"u8)
        {
            Call("SetSessionLogId");
            Good(Api.SetSessionLogId(options, id));
            Call("AddSessionConfigEntry");
            Good(Api.AddSessionConfigEntry(options, key, value));
        }

        return options;
    }

    private nint Session(nint options, byte[] model)
    {
        nint session;
        Call("CreateSessionFromArray");
        fixed (byte* bytes = model)
            Good(Api.CreateSessionFromArray(runtime.Environment, bytes, (nuint)model.Length, options, &session));
        Call("CreateSession");
        nint none;
        fixed (byte* path = "/nowhere/model.onnx\0"u8)
            Assert.Contains("/nowhere/model.onnx", Bad(Api.CreateSession(runtime.Environment, path, options, &none)));
        return session;
    }

    private void Ports(nint session)
    {
        nuint count;
        Call("SessionGetInputCount");
        Good(Api.SessionGetInputCount(session, &count));
        Assert.Equal(3u, count);
        Call("SessionGetOutputCount");
        Good(Api.SessionGetOutputCount(session, &count));
        Assert.Equal(2u, count);
        byte* name;
        Call("SessionGetInputName");
        Good(Api.SessionGetInputName(session, 2, runtime.Allocator, &name));
        Call("AllocatorFree");
        Assert.Equal("colour", runtime.Take(name));
        Call("SessionGetOutputName");
        Good(Api.SessionGetOutputName(session, 1, runtime.Allocator, &name));
        Assert.Equal("probabilities", runtime.Take(name));
        nint type, tensor;
        Call("SessionGetOutputTypeInfo");
        Good(Api.SessionGetOutputTypeInfo(session, 1, &type));
        Api.ReleaseTypeInfo(type);
        Call("SessionGetInputTypeInfo");
        Good(Api.SessionGetInputTypeInfo(session, 0, &type));
        int kind;
        Call("GetOnnxTypeFromTypeInfo");
        Good(Api.GetOnnxTypeFromTypeInfo(type, &kind));
        Assert.Equal(1, kind);
        Call("CastTypeInfoToTensorInfo");
        Good(Api.CastTypeInfoToTensorInfo(type, &tensor));
        nint symbol;
        var symbols = stackalloc nint[2];
        Call("GetSymbolicDimensions");
        Good(Api.GetSymbolicDimensions(tensor, (byte**)symbols, 2));
        symbol = symbols[0];
        Assert.Equal("rows", Marshal.PtrToStringUTF8(symbol));
        Call("ReleaseTypeInfo");
        Api.ReleaseTypeInfo(type);
    }

    private void Metadata(nint session)
    {
        nint metadata;
        Call("SessionGetModelMetadata");
        Good(Api.SessionGetModelMetadata(session, &metadata));
        byte* value;
        Call("ModelMetadataLookupCustomMetadataMap");
        fixed (byte* key = "classes\0"u8)
            Good(Api.ModelMetadataLookupCustomMetadataMap(metadata, runtime.Allocator, key, &value));
        Assert.Contains("rose", runtime.Take(value));
        Call("ReleaseModelMetadata");
        Api.ReleaseModelMetadata(metadata);
    }

    private nint Texts()
    {
        nint value;
        var shape = stackalloc long[] { 2, 1 };
        Call("CreateTensorAsOrtValue");
        Good(Api.CreateTensorAsOrtValue(runtime.Allocator, shape, 2, 8, &value));
        byte* room;
        Call("GetResizedStringTensorElementBuffer");
        Good(Api.GetResizedStringTensorElementBuffer(value, 1, 3, &room));
        "red"u8.CopyTo(new Span<byte>(room, 3));
        nuint length;
        Call("GetStringTensorDataLength");
        Good(Api.GetStringTensorDataLength(value, &length));
        Assert.Equal(3u, length);
        var starts = stackalloc nuint[2];
        var bytes = stackalloc byte[3];
        Call("GetStringTensorContent");
        Good(Api.GetStringTensorContent(value, bytes, 3, starts, 2));
        Assert.Equal("red", Encoding.UTF8.GetString(bytes, 3));
        Assert.Equal((0u, 0u), ((uint)starts[0], (uint)starts[1]));
        return value;
    }

    private nint Numbers()
    {
        nint value;
        var shape = stackalloc long[] { 2, 1 };
        var data = (float*)NativeMemory.AllocZeroed(8); // as long as the process: the value refers to it
        data[1] = 7;
        Call("CreateTensorWithDataAsOrtValue");
        Good(Api.CreateTensorWithDataAsOrtValue(runtime.CpuMemory, data, 8, shape, 2, 1, &value));
        int isTensor;
        Call("IsTensor");
        Good(Api.IsTensor(value, &isTensor));
        Assert.Equal(1, isTensor);
        void* seen;
        Call("GetTensorMutableData");
        Good(Api.GetTensorMutableData(value, &seen));
        Assert.Equal(7f, ((float*)seen)[1]);
        return value;
    }

    private void Types(nint texts)
    {
        nint description;
        Call("GetTensorTypeAndShape");
        Good(Api.GetTensorTypeAndShape(texts, &description));
        int element;
        Call("GetTensorElementType");
        Good(Api.GetTensorElementType(description, &element));
        Assert.Equal(8, element);
        nuint rank, count;
        Call("GetDimensionsCount");
        Good(Api.GetDimensionsCount(description, &rank));
        Assert.Equal(2u, rank);
        var shape = stackalloc long[2];
        Call("GetDimensions");
        Good(Api.GetDimensions(description, shape, 2));
        Assert.Equal((2L, 1L), (shape[0], shape[1]));
        Call("GetTensorShapeElementCount");
        Good(Api.GetTensorShapeElementCount(description, &count));
        Assert.Equal(2u, count);
        Call("ReleaseTensorTypeAndShapeInfo");
        Api.ReleaseTensorTypeAndShapeInfo(description);
    }

    private void Runs(nint session, nint texts, nint numbers)
    {
        nint options;
        Call("CreateRunOptions");
        Good(Api.CreateRunOptions(&options));
        Call("Run");
        fixed (byte* height = "height\0"u8, width = "width\0"u8, colour = "colour\0"u8, label = "label\0"u8)
        {
            var names = stackalloc byte*[] { height, width, colour };
            var values = stackalloc nint[] { numbers, numbers, texts };
            nint output = 0;
            Call("RunOptionsSetTerminate");
            Good(Api.RunOptionsSetTerminate(options));
            Assert.Contains("terminate", Bad(Api.Run(session, options, names, values, 3, &label, 1, &output)), StringComparison.OrdinalIgnoreCase);
            Call("RunOptionsUnsetTerminate");
            Good(Api.RunOptionsUnsetTerminate(options));
            Good(Api.Run(session, options, names, values, 3, &label, 1, &output));
            Api.ReleaseValue(output);
        }

        Call("ReleaseRunOptions");
        Api.ReleaseRunOptions(options);
    }

    private void Cuda(nint options)
    {
        nint cuda = 0;
        Call("CreateCudaProviderOptions");
        Call("SessionOptionsAppendExecutionProviderCuda");
        Call("ReleaseCudaProviderOptions");
        if (runtime.Providers().Contains("CUDAExecutionProvider"))
        {
            Good(Api.CreateCudaProviderOptions(&cuda));
            _ = Api.SessionOptionsAppendExecutionProviderCuda(options, cuda);
        }
        else
        {
            Assert.Contains("CUDA", Bad(Api.CreateCudaProviderOptions(&cuda)));
            Assert.Contains("CUDA", Bad(Api.SessionOptionsAppendExecutionProviderCuda(options, 0)));
        }

        Api.ReleaseCudaProviderOptions(cuda);
    }

    private void Failure(nint options)
    {
        nint session;
        var nothing = stackalloc byte[] { 1, 2, 3 };
        var status = Api.CreateSessionFromArray(runtime.Environment, nothing, 3, options, &session);
        Assert.NotEqual(0, status);
        Call("GetErrorCode");
        Assert.Equal(7, Api.GetErrorCode(status));
        Call("GetErrorMessage");
        Call("ReleaseStatus");
        Assert.NotEmpty(Bad(status));
    }

    private void Good(nint status) => runtime.Check(status);

    private string Bad(nint status) => Assert.Throws<OnnxException>(() => runtime.Check(status)).Message;
}
