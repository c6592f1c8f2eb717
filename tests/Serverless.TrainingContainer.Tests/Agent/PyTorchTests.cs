using System.Text;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>A program that knows nothing of the platform.</summary>
public sealed class PyTorchTests
{
    private const string Script =
        """
        import argparse, torch

        parser = argparse.ArgumentParser()
        parser.add_argument("--lr", type=float)
        parser.add_argument("--epochs", type=int)
        parser.add_argument("--data")
        parser.add_argument("--out")
        options = parser.parse_args()

        torch.manual_seed(1)
        rows = torch.tensor([[float(cell) for cell in line.split(",")] for line in open(options.data)])
        x, y = rows[:, :1], rows[:, 1:]
        model = torch.nn.Linear(1, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=options.lr)
        for epoch in range(options.epochs):
            optimizer.zero_grad()
            loss = torch.nn.functional.mse_loss(model(x), y)
            loss.backward()
            optimizer.step()
            print(f"epoch {epoch} loss: {loss.item():.6f}")
        torch.save(model.state_dict(), options.out)
        """;

    [Fact]
    public async Task Script_ThatIsNotChanged_TrainsWithItsLossAsMetric()
    {
        var python = Needs.Python("torch", "torch");
        await using var scene = await AgentScene.OpenAsync();
        var rows = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i / 20.0:0.00},{3 * i / 20.0 + 1:0.00}\n"));
        var ticket = scene.Ticket("/bin/sh", "-c", "exec \"$0\" \"$@\" --out \"$SERVERLESS_MODEL_DIR/line.pt\"", python, "train.py") with
        {
            Code = [scene.Host.Put("train.py", Encoding.UTF8.GetBytes(Script))],
            Inputs = [new TicketInput("train", "data", [scene.Host.Put("line.csv", rows)])],
            Arguments = ["--lr", "0.3", "--epochs", "60", "--data", "data/line.csv"],
            Metrics = [new MetricSpec("loss", "loss: ([0-9.]+)")],
        };

        var exit = await scene.RunAsync(ticket);

        Assert.True(exit.Reason == JobReason.Completed, string.Join('\n', exit.LogTail));
        var losses = scene.Host.Values(ticket.JobId, "loss");
        Assert.Equal(60, losses.Length);
        Assert.True(losses[^1] < losses[0] / 10);
        Assert.True(scene.Host.Files[(ticket.JobId, 1, FileKind.Model, "line.pt")].Length > 500);
    }
}
