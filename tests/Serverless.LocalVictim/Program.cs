// Usage: Serverless.LocalVictim DATA. Grows two nodes, then writes documents, rings, artifacts and log lines without end, and prints the number of
// each round once all of it has returned. It is there to be killed.
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Infra.Local;
using Serverless.Infra.Local.Compute;

var cancel = CancellationToken.None;
await using var host = new ServiceCollection()
    .AddLogging()
    .AddLocalInfrastructure(new LocalInfrastructureOptions { DataFolder = args[0], AgentCommand = ["/bin/sh", "-c", "sleep 600 & wait", "agent"] })
    .BuildServiceProvider();
var documents = host.GetRequiredService<IDocumentStore>();
var bell = host.GetRequiredService<IDoorbell>();
var artifacts = host.GetRequiredService<IArtifactStore>();
host.GetRequiredService<HostAddress>().Set(new Uri("http://127.0.0.1:1/"));
await host.GetRequiredService<IComputePool>().GrowAsync(new PoolTarget("local", 2), cancel);

var replaced = ArtifactPath.Parse("replaced");
var log = ArtifactPath.Parse("log");
for (var round = 1; ; round++)
{
    var text = round.ToString("00000", CultureInfo.InvariantCulture);
    var body = new DocumentBody($"\"{text}\"", $"round {text}", new Dictionary<string, string> { ["kind"] = "round" });
    await Task.WhenAll(
        documents.PutAsync(new DocumentKey("round", text), body, DocumentCondition.Absent, cancel),
        documents.PutAsync(new DocumentKey("latest", "latest"), body, DocumentCondition.Always, cancel),
        bell.RingAsync("rounds", text, RingOptions.Plain, cancel),
        artifacts.PutAsync(replaced, new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, 20_000)))), PutOptions.Overwrite, cancel),
        artifacts.AppendAsync(log, (round - 1) * 6L, Encoding.ASCII.GetBytes(text + "\n"), cancel));
    Console.WriteLine(text);
}
