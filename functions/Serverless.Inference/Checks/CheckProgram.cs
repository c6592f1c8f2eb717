using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;
using Serverless.Inference.Sessions;

namespace Serverless.Inference.Checks;

/// <summary>
/// What runs in the process that is the first to load a new model: it takes the model's bytes from its standard input, limits itself, loads the model, runs it
/// once on an empty row, and writes what it found to its standard output. Whatever the model does to it, the host goes on.
/// </summary>
public static class CheckProgram
{
    /// <summary>Runs the check. A host calls it when it is started with the arguments of <see cref="InferenceOptions.CheckCommand"/>.</summary>
    /// <param name="arguments">The model's length in bytes, the address space in bytes, the seconds, and the native library's path or nothing.</param>
    /// <returns>The process's exit code: 0 when there is an answer, be it good or bad.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length is < 3 or > 4
            || !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || !long.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var memory)
            || !long.TryParse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            Console.Error.WriteLine("This is started by the host, with the model's length, the memory in bytes and the seconds; the model comes on the standard input.");
            return 64;
        }

        using var output = Console.OpenStandardOutput();
        var check = Check(length, memory, seconds, arguments.Length == 4 ? arguments[3] : null);
        JsonSerializer.Serialize(output, check, InferenceJson.Default.ModelCheck);
        return 0;
    }

    private static unsafe ModelCheck Check(int length, long memory, long seconds, string? library)
    {
        // Not on the managed heap: its limit is small, and the model's size is not known to be.
        var model = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, length));
        using (var input = Console.OpenStandardInput())
            input.ReadExactly(new Span<byte>(model, length));
        try
        {
            var runtime = LoadedLibrary.Get(library);
            ChildLimits.Apply(memory, seconds);
            using var session = OnnxSession.Load(runtime, new ReadOnlySpan<byte>(model, length), new SessionSettings());
            return EmptyRow.Run(session, TimeProvider.System, TimeSpan.FromSeconds(Math.Max(1, seconds / 4)), CancellationToken.None) is { } failure
                ? ModelCheck.Refused(failure.Message, SessionChecks.RunCure)
                : SessionChecks.Judge(session);
        }
        catch (OnnxException failure)
        {
            return ModelCheck.Refused($"ONNX Runtime {LoadedLibrary.Get(library).LibraryVersion} cannot load the model: {failure.Message}", SessionChecks.LoadCure);
        }
        catch (ServerlessException failure)
        {
            return ModelCheck.Refused(failure.Message, failure.Cure ?? "");
        }
    }
}
