using System.Globalization;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.TrainingContainer.Tests.Agent.Containers;

/// <summary>A built-in algorithm in the training container makes the same model as a process of the node does.</summary>
public sealed class TrainingImageTests
{
    private const string Model = "model.onnx";

    [Fact]
    public async Task Algorithm_InTheTrainingImage_MakesTheModelThatAProcessMakes()
    {
        using var podman = RealPodman.Open();
        await using var scene = await AgentScene.OpenAsync();
        var image = podman.BuildTraining(Path.GetFullPath(AgentProcess.Built("../../Serverless.Algorithms/debug")));
        scene.Agent(more: [.. podman.Options, "--algorithms", AgentProcess.Built("Serverless.Algorithms.dll")]);

        var process = await TrainAsync(scene, Ticket(scene));
        var contained = await TrainAsync(scene, Ticket(scene) with { Image = image, Network = JobNetwork.None, Resources = new ResourceSpec { MemoryBytes = 512 << 20 } });

        Assert.Equal(process.Model, contained.Model);
        Assert.Equal(process.Accuracy, contained.Accuracy);
        Assert.Empty(podman.Containers());
    }

    [Fact]
    public async Task Algorithm_InAnImageOfTheDouble_MakesTheModelThatAProcessMakes()
    {
        using var runtime = new DoubleRuntime();
        await using var scene = await AgentScene.OpenAsync();
        var program = AgentProcess.Built("Serverless.Algorithms.dll");
        runtime.Set("entry-point", $"{Environment.ProcessPath switch { { } path when Path.GetFileName(path) == "dotnet" => path, _ => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")) }}\n{program}");
        scene.Agent(more: [.. runtime.Options, "--algorithms", program]);

        var process = await TrainAsync(scene, Ticket(scene));
        var contained = await TrainAsync(scene, Ticket(scene) with { Image = "localhost:5000/double:1" });

        Assert.Equal(process.Model, contained.Model);
        Assert.Equal(process.Accuracy, contained.Accuracy);
    }

    private static JobTicket Ticket(AgentScene scene)
    {
        var rows = Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 7},{(i * 13) % 11},{(i % 7 > 3 ? "yes" : "no")}"));
        return scene.Ticket() with
        {
            Command = null,
            Algorithm = "logistic-regression",
            Arguments = ["--target", "label"],
            Inputs = [new TicketInput("train", "inputs/train", [scene.Host.Put("rows.csv", "a,b,label\n" + string.Join('\n', rows) + "\n")])],
        };
    }

    private static async Task<(byte[] Model, double Accuracy)> TrainAsync(AgentScene scene, JobTicket ticket)
    {
        scene.Host.Submit(ticket);
        var exit = await scene.Host.ExitAsync(ticket.JobId);
        Assert.True(exit.Reason == JobReason.Completed, $"{exit.Reason}: {exit.Message}\n{scene.Host.Log(ticket.JobId)}");
        return (scene.Host.Files[(ticket.JobId, 1, FileKind.Model, Model)], scene.Host.Values(ticket.JobId, "accuracy")[^1]);
    }
}
