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
        var data = new RowsReader(options.Rows, options.Rows.NumberTarget ? [NetworkModel.Value] : ClassGraph.Outputs, output).Read(job.Environment);
        var trainer = new Trainer(options.Loop, site, job, output, TimeProvider.System);
        if (data.Target is not null)
        {
            var task = new NumberTask(options, data);
            trainer.Train(task, data.Fingerprint);
            var scores = task.MeasureHeld(site);
            if (scores is not null)
                new LoopReport(job, output).End(NumberTask.Metrics(scores));
            var exported = await ExportAsync(task.RowNetwork, 1, options, job, output);
            ServedModel.Write(job.ModelFolder, NetworkModel.OfNumber(data, Constants(task.RowNetwork), exported, scores));
        }
        else
        {
            var task = new RowTask(options, data);
            trainer.Train(task, data.Fingerprint);
            var scores = task.MeasureHeld(site);
            if (scores is not null)
                new LoopReport(job, output).End(ClassMetrics.Of(scores));
            var exported = await ExportAsync(task.RowNetwork, data.Labels.Names.Count, options, job, output);
            ServedModel.Write(job.ModelFolder, NetworkModel.OfRows(data, Constants(task.RowNetwork), exported, scores));
        }
    }

    private static async Task<OnnxModel> ExportAsync(RowNetwork network, int outputs, RowNetworkOptions options, JobRun job, TextWriter output)
    {
        using var example = torch.randn(4, network.Width);
        return await new TrainedExport(job, options.Loop, output).RunAsync(network.Body, new RowRecipe(network.Width, options.Hidden, options.Dropout, outputs), example);
    }

    private static IReadOnlyList<OnnxTensor> Constants(RowNetwork network) => [.. network.Tables.Select(Constant)];

    private static OnnxTensor Constant(torch.Tensor table)
    {
        using var own = table.detach().cpu();
        return OnnxTensor.Of(own.data<float>().ToArray(), own.shape);
    }
}
