using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Checks;

/// <summary>Checks a new model's bytes: looks through them here, then has them loaded by a process of its own, limited in time and memory and without our secrets.</summary>
internal sealed class ModelChecker(InferenceOptions options, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 4 << 20;
    private const int LongestTalk = 16 << 10;

    /// <summary>What a process needs to start, and nothing that could be a secret.</summary>
    private static readonly string[] PassedOn = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SystemRoot", "TEMP", "CUDA_VISIBLE_DEVICES"];

    private readonly SemaphoreSlim oneAtATime = new(2);

    /// <summary>Checks a model.</summary>
    /// <returns>Its signature, or why it cannot be served.</returns>
    /// <exception cref="ServerlessException"><c>unavailable</c> when the check itself cannot be started.</exception>
    public async Task<ModelCheck> CheckAsync(ReadOnlyMemory<byte> model, CancellationToken cancel)
    {
        if (ModelScan.Refuse(model.Span, ScanLimits.Usual) is { } refused)
            return refused;
        var parity = ParityScan.Read(model.Span);
        if (parity.Refused is { } apart)
            return apart;
        await oneAtATime.WaitAsync(cancel);
        try
        {
            return await LoadInChildAsync(model, cancel) with { Parity = parity.Record };
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    private async Task<ModelCheck> LoadInChildAsync(ReadOnlyMemory<byte> model, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(options.CheckLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using var child = Start(model.Length);
        try
        {
            var answer = ReadAsync(child.StandardOutput.BaseStream, LongestAnswer, either.Token);
            var talk = ReadAsync(child.StandardError.BaseStream, LongestTalk, either.Token);
            await FeedAsync(child, model, either.Token);
            var (said, complaint) = (await answer, await talk);
            await child.WaitForExitAsync(either.Token);
            return Conclude(child.ExitCode, said, complaint);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ModelCheck.Refused(
                $"The model did not load within {options.CheckLimit.TotalSeconds:0.#} s; its check was stopped.",
                "Look for endless loops or huge constants in the model, or raise the limit of the check.");
        }
        finally
        {
            if (!child.HasExited)
                child.Kill(entireProcessTree: true);
        }
    }

    private Process Start(int length)
    {
        var command = options.CheckCommand;
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(length.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(options.CheckMemoryBytes.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(Math.Max(1, (long)options.CheckLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        if ((options.LibraryPath ?? Environment.GetEnvironmentVariable(OnnxLibrary.PathVariable)) is { Length: > 0 } library)
            start.ArgumentList.Add(library);
        var kept = PassedOn.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
            start.Environment[name] = value;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x8000000";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"'{command[0]}' was not started.");
        }
        catch (Win32Exception failure)
        {
            throw new ServerlessException(
                ProblemCodes.Unavailable, $"The process that checks models, {Shown.Quote(command[0])}, could not be started: {failure.Message}", "Repair the installation.", retryable: true, inner: failure);
        }
    }

    private static async Task FeedAsync(Process child, ReadOnlyMemory<byte> model, CancellationToken cancel)
    {
        try
        {
            await child.StandardInput.BaseStream.WriteAsync(model, cancel);
            child.StandardInput.Close();
        }
        catch (IOException)
        {
            // The child died before it had read all; its exit code and its words say why.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int limit, CancellationToken cancel)
    {
        var kept = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
            kept.Write(buffer, 0, (int)Math.Min(read, limit - kept.Length));
        return kept.ToArray();
    }

    private static ModelCheck Conclude(int exitCode, byte[] said, byte[] complaint)
    {
        try
        {
            if (exitCode == 0 && JsonSerializer.Deserialize(said, InferenceJson.Default.ModelCheck) is { } check)
                return check;
        }
        catch (JsonException)
        {
            // Not our words: the model wrote to the standard output, or it was cut off. Refused below.
        }

        var words = Encoding.UTF8.GetString(complaint).Trim();
        return ModelCheck.Refused(
            $"The process that loaded the model died with exit code {exitCode}{(words.Length == 0 ? "." : $": {Shown.Quote(words, 500)}")}",
            "The model needs more memory than the check allows, or it breaks ONNX Runtime; export it again, smaller or with other operators.");
    }
}
