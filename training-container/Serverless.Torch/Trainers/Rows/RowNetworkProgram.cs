using Serverless.Jobs.Hosting;
using Serverless.Onnx.Graphs;
using Serverless.Torch.Exporting;
using Serverless.Torch.Trainers.Loop;
using Serverless.Torch.Trainers.Tables;
using Serverless.Training.Rows;
using Serverless.Training.Served;
using TorchSharp;

namespace Serverless.Torch.Trainers.Rows;

/// <summary>Runs <c>tabular-network</c>: read, learn, measure, write the model.</summary>
internal static class RowNetworkProgram
{
    public static void Run(JobRun job, TextWriter output)
    {
        var options = RowNetworkOptions.Parse(job.Arguments);
        var site = ComputeSite.Open(options.Loop);
        var data = new RowsReader(options.Rows, ClassGraph.Outputs, output).Read(job.Environment);
        var task = new RowTask(options, data);
        new Trainer(options.Loop, site, job, output, TimeProvider.System).Train(task, data.Fingerprint);

        var scores = task.MeasureHeld(site);
        if (scores is not null)
            new LoopReport(job, output).End(ClassMetrics.Of(scores));
        using var example = torch.randn(4, task.RowNetwork.Width, device: site.Device);
        var export = OnnxExporter.Export(task.RowNetwork.Body, example);
        output.WriteLine(FormattableString.Invariant($"Exported; off by {export.Parity.Largest:0.0e+00} at most."));
        ServedModel.Write(job.ModelFolder, NetworkModel.OfRows(data, [.. task.RowNetwork.Tables.Select(Constant)], export.Model, scores));
    }

    private static OnnxTensor Constant(torch.Tensor table)
    {
        using var own = table.detach().cpu();
        return OnnxTensor.Of(own.data<float>().ToArray(), own.shape);
    }
}
