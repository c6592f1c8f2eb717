using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Trainers.Apart;
using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Rows;
using Serverless.Training.Served;
using TorchSharp;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>Runs <c>tabular-network</c>: read, learn, measure, write the model.</summary>
internal static class RowNetworkProgram
{
    public static async Task RunAsync(JobRun job, TextWriter output)
    {
        var options = RowNetworkOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var data = new RowsReader(options.Rows, ClassGraph.Outputs, output).Read(job.Environment);
        var task = new RowTask(options, data);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, data.Fingerprint);

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randn(4, task.RowNetwork.Width);
        var recipe = new RowRecipe(task.RowNetwork.Width, options.Hidden, options.Dropout, data.Labels.Names.Count);
        var exported = await new TrainedExport(job, options.Loop, output).RunAsync(task.RowNetwork.Body, recipe, example);
        ServedModel.Write(job.ModelFolder, NetworkModel.OfRows(data, [.. task.RowNetwork.Tables.Select(Constant)], exported, scores));
    }

    private static OnnxTensor Constant(torch.Tensor table)
    {
        using var own = table.detach().cpu();
        return OnnxTensor.Of(own.data<float>().ToArray(), own.shape);
    }
}
