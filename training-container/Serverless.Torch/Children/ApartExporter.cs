using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Children;

/// <summary>
/// Exports in a process of its own. Some of TorchSharp's native functions let a C++ exception escape, which ends a process: here it ends the one that exports, and becomes
/// an error that names the operator. The trained module stays where it is; its weights are in a file before the export begins.
/// </summary>
public static class ApartExporter
{
    private const int TailLines = 20;

    /// <summary>Exports a module to a file. The program is started again with a hidden verb, which <c>JobHost</c> knows.</summary>
    /// <param name="module">The trained module.</param>
    /// <param name="recipe">How it is built again.</param>
    /// <param name="examples">An example for each tensor that <c>forward</c> takes.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How; without <see cref="OnnxExportOptions.MakeInputs"/>, which another process cannot call.</param>
    /// <param name="apart">What the process may use, and what its module is held against; null: the defaults.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OnnxExportException">It was refused, it crashed, or it took too long.</exception>
    public static Task<ApartExport> ExportAsync(
        torch.nn.Module module, IModuleRecipe recipe, IReadOnlyList<torch.Tensor> examples, string path, OnnxExportOptions? options = null, ApartOptions? apart = null, CancellationToken cancel = default) =>
        ExportAsync(ChildProgram.Self, module, recipe, examples, path, options ?? new(), apart ?? new(), cancel);

    internal static async Task<ApartExport> ExportAsync(
        ChildProgram program, torch.nn.Module module, IModuleRecipe recipe, IReadOnlyList<torch.Tensor> examples, string path, OnnxExportOptions options, ApartOptions apart, CancellationToken cancel)
    {
        if (options.MakeInputs is not null)
            throw new OnnxExportException("MakeInputs cannot be called from another process. Leave it out, or export in this process.");
        var folder = Directory.CreateTempSubdirectory("serverless-export-");
        try
        {
            Write(folder.FullName, module, recipe, examples, Path.GetFullPath(path), options, apart);
            var (code, tail) = await RunAsync(program, folder.FullName, apart.Limit, cancel).ConfigureAwait(false);
            return Reply(folder.FullName, module.GetType().Name, code, tail, apart);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, torch.nn.Module module, IModuleRecipe recipe, IReadOnlyList<torch.Tensor> examples, string path, OnnxExportOptions options, ApartOptions apart)
    {
        module.save(Path.Combine(folder, ExportRequest.Weights));
        var type = recipe.GetType();
        var request = new ExportRequest(
            type.AssemblyQualifiedName!, type.Assembly.Location, JsonSerializer.SerializeToElement(recipe, type, ExportRequest.Json),
            Write(folder, ExportRequest.Example, examples), apart.Outputs is { } outputs ? Write(folder, ExportRequest.Output, outputs) : null, path, options, apart.MemoryOrDefault);
        File.WriteAllText(Path.Combine(folder, ExportRequest.FileName), JsonSerializer.Serialize(request, ExportRequest.Json));
    }

    private static List<TensorShape> Write(string folder, Func<int, string> name, IReadOnlyList<torch.Tensor> tensors)
    {
        List<TensorShape> shapes = [];
        foreach (var tensor in tensors)
        {
            var data = TensorData.Read(tensor, "");
            File.WriteAllBytes(Path.Combine(folder, name(shapes.Count)), data.Data.Span);
            shapes.Add(new(data.Element, data.Dims));
        }

        return shapes;
    }

    private static async Task<(int? Code, string Tail)> RunAsync(ChildProgram program, string folder, TimeSpan limit, CancellationToken cancel)
    {
        Queue<string> tail = new();
        using var process = new Process { StartInfo = new(program.File, [.. program.Arguments, ExportChild.Verb, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            return (process.ExitCode, Tail());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        void Keep(string? line)
        {
            lock (tail)
            {
                if (line is not null)
                    tail.Enqueue(line);
                if (tail.Count > TailLines)
                    tail.Dequeue();
            }
        }

        string Tail()
        {
            lock (tail)
                return string.Join(Environment.NewLine, tail);
        }
    }

    private static ApartExport Reply(string folder, string module, int? code, string tail, ApartOptions apart)
    {
        var file = Path.Combine(folder, ExportRequest.Reply);
        if (code == 0 && File.Exists(file))
        {
            var reply = JsonSerializer.Deserialize<ExportReply>(File.ReadAllBytes(file), ExportRequest.Json)!;
            return reply.Export ?? throw new OnnxExportException(reply.Refusal ?? "It was refused without a reason.");
        }

        var last = ProgressNote.Read(Path.Combine(folder, ExportRequest.Progress));
        throw new OnnxExportException(string.Create(CultureInfo.InvariantCulture,
            $"'{module}' was not exported: the process that exports {ChildEnd.Words(code, apart)}{(last.Length > 0 ? $"; the last operator that began was {last}" : ", before any operator began")}. "
            + $"It may take {apart.MemoryOrDefault >> 20} MiB and {apart.Limit}. The weights of this process are untouched. {tail}").TrimEnd());
    }
}
