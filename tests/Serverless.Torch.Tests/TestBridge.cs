using System.Diagnostics;
using System.Runtime.CompilerServices;
using Serverless.TestKit;

namespace Serverless.Torch.Tests;

/// <summary>Compiles the bridge once for the libtorch whose headers are on this machine, unless one is named or lies beside the tests.</summary>
internal static class TestBridge
{
    private const string Variable = "SERVERLESS_TORCH_BRIDGE";
    private const string FileName = "libServerlessTorchBridge.so";

    [ModuleInitializer]
    internal static void Prepare()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, FileName);
        var folder = Path.Combine(Needs.RepositoryRoot(), "training-container", "Serverless.Torch", "Bridge");
        var isFresh = File.Exists(beside) && File.GetLastWriteTimeUtc(beside) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "bridge.cpp"));
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || isFresh || !File.Exists("/usr/include/torch/csrc/jit/frontend/tracer.h"))
            return;
        using var compiler = Process.Start("bash", [Path.Combine(folder, "build.sh"), AppContext.BaseDirectory]);
        compiler.WaitForExit(TimeSpan.FromMinutes(5));
    }

    /// <summary>Skips the test where there is no bridge.</summary>
    public static void Require() => Needs.Have("bridge", Bridge.TorchBridge.Shared.Api is not null, Bridge.TorchBridge.Shared.Missing ?? "");
}
