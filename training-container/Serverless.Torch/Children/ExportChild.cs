using System.Reflection;
using System.Text.Json;
using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.OnnxRuntime;
using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using TorchSharp;

[assembly: JobVerb(Serverless.Torch.Children.ExportChild.Verb, typeof(Serverless.Torch.Children.ExportChild))]

namespace Serverless.Torch.Children;

/// <summary>The process that exports: the job's program, started again with a hidden verb and the folder of a request.</summary>
public sealed class ExportChild : IJobVerb
{
    /// <summary>The verb.</summary>
    public const string Verb = "__export";

    /// <summary>Exports as the request in the folder says, and leaves the reply there.</summary>
    /// <param name="arguments">The folder.</param>
    /// <param name="cancel">Not looked at: whoever asked ends the process.</param>
    /// <returns>The process's exit code: 0 also when the export is refused; the reply says so.</returns>
    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel) => Task.FromResult(Run(arguments));

    private static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [var folder] || !Directory.Exists(folder))
        {
            Console.Error.WriteLine($"{Verb} takes the folder of a request. It is for this program's own use.");
            return 64;
        }

        ExportReply reply;
        try
        {
            reply = new(Export(folder), null);
        }
        catch (Exception refused) // the top of this process: whatever it was is told to the one that asked
        {
            reply = new(null, refused switch
            {
                OnnxExportException => refused.Message,
                OnnxLibraryException missing => $"{missing.Message} {missing.Cure}",
                _ => $"{refused.GetType().Name}: {refused.Message}",
            });
        }

        File.WriteAllText(Path.Combine(folder, ExportRequest.Reply), JsonSerializer.Serialize(reply, ExportRequest.Json));
        return 0;
    }

    private static ApartExport Export(string folder)
    {
        var request = JsonSerializer.Deserialize<ExportRequest>(File.ReadAllBytes(Path.Combine(folder, ExportRequest.FileName)), ExportRequest.Json)!;
        ChildBounds.Set(request.MemoryBytes);
        using var note = new ProgressNote(Path.Combine(folder, ExportRequest.Progress));
        PlaceCallback.Noted = note.Write;
        try
        {
            using var module = Recipe(request).Build();
            module.load(Path.Combine(folder, ExportRequest.Weights));
            var examples = request.Examples.Select((example, i) => TensorData.Write(Read(folder, ExportRequest.Example(i), example, ""), torch.CPU)).ToList();
            if (request.Outputs is { } outputs)
                RebuiltModule.Check(module, examples, [.. outputs.Select((output, i) => Read(folder, ExportRequest.Output(i), output, FormattableString.Invariant($"output {i}")))]);
            var export = OnnxExporter.Export(module, examples, request.Options);
            return new(export.Save(request.Target), export.Parity, export.Way);
        }
        finally
        {
            PlaceCallback.Noted = null;
        }
    }

    private static OnnxTensor Read(string folder, string file, TensorShape shape, string name) =>
        new() { Name = name, Element = shape.Element, Dims = shape.Dims, Data = File.ReadAllBytes(Path.Combine(folder, file)) };

    private static IModuleRecipe Recipe(ExportRequest request)
    {
        var type = Type.GetType(request.RecipeType) ?? Assembly.LoadFrom(request.RecipeAssembly).GetType(request.RecipeType.Split(',')[0]);
        return type is not null && typeof(IModuleRecipe).IsAssignableFrom(type)
            ? (IModuleRecipe)(request.Recipe.Deserialize(type, ExportRequest.Json) ?? throw new OnnxExportException($"The recipe '{type.Name}' is null."))
            : throw new OnnxExportException($"There is no recipe '{request.RecipeType}' here. Let it be a public type of the program that implements {nameof(IModuleRecipe)}.");
    }
}
