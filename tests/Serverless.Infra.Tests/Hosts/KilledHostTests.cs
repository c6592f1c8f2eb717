using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Infra.Local;
using Serverless.Infra.Local.Artifacts;
using Serverless.Infra.Local.Compute;
using Serverless.Infra.Local.Unix;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Hosts;

/// <summary>A real host process is killed in the middle of its work; the next one on its folder has lost nothing that was said to be done.</summary>
public sealed class KilledHostTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public async Task Killed_InTheMiddleOfItsWork_LosesNothingThatReturned(int rounds)
    {
        var done = await RunAndKillAsync(rounds);
        await using var host = new ServiceCollection()
            .AddLogging()
            .AddLocalInfrastructure(new LocalInfrastructureOptions { DataFolder = folder.Path, AgentCommand = ["/bin/sh", "-c", "sleep 600", "agent"] })
            .BuildServiceProvider();
        await DocumentsAsync(host.GetRequiredService<IDocumentStore>(), done);
        await RingsAsync(host.GetRequiredService<IDoorbell>(), done);
        await ArtifactsAsync(host.GetRequiredService<IArtifactStore>(), done);
        await NodesAsync(host);
    }

    public void Dispose() => folder.Dispose();

    private async Task<int> RunAndKillAsync(int rounds)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Serverless.Infra.Tests", "Serverless.LocalVictim"), "Serverless.LocalVictim.dll");
        using var victim = Process.Start(new ProcessStartInfo("dotnet", [program, folder.Path]) { RedirectStandardOutput = true })!;
        var done = 0;
        while (done < rounds)
            done = int.Parse(await victim.StandardOutput.ReadLineAsync(Cancel) ?? throw new InvalidOperationException("The host has ended by itself."), CultureInfo.InvariantCulture);
        victim.Kill();
        while (await victim.StandardOutput.ReadLineAsync(Cancel) is { Length: 5 } line)
            done = int.Parse(line, CultureInfo.InvariantCulture);
        await victim.WaitForExitAsync(Cancel);
        return done;
    }

    private static async Task DocumentsAsync(IDocumentStore documents, int done)
    {
        for (var round = 1; round <= done; round++)
            Assert.NotNull(await documents.GetAsync(new DocumentKey("round", $"{round:00000}"), Cancel));
        var latest = int.Parse((await documents.GetAsync(new DocumentKey("latest", "latest"), Cancel))!.Body.Json.Trim('"'));
        Assert.InRange(latest, done, done + 1);
        var page = await documents.QueryAsync(new DocumentQuery("round") { Contains = "ound 0", Limit = 1_000 }, Cancel);
        Assert.InRange(page.Documents.Count, Math.Min(done, 1_000), done + 1);
    }

    private static async Task RingsAsync(IDoorbell bell, int done)
    {
        for (var round = 1; round <= done; round++)
        {
            var ring = await bell.TakeAsync("rounds", TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel);
            Assert.Equal($"{round:00000}", ring?.Id);
        }
    }

    private async Task ArtifactsAsync(IArtifactStore artifacts, int done)
    {
        using var replaced = new StreamReader(await artifacts.OpenReadAsync(ArtifactPath.Parse("replaced"), null, Cancel));
        var text = await replaced.ReadToEndAsync(Cancel);
        Assert.Equal(100_000, text.Length);
        Assert.InRange(int.Parse(text[..5]), done, done + 1);
        Assert.Equal(string.Concat(Enumerable.Repeat(text[..5], 20_000)), text);

        using var log = new StreamReader(await artifacts.OpenReadAsync(ArtifactPath.Parse("log"), null, Cancel));
        var lines = (await log.ReadToEndAsync(Cancel)).Split('\n');
        Assert.Equal(Enumerable.Range(1, done).Select(round => $"{round:00000}"), lines.Take(done));
        Assert.Empty(Directory.GetFileSystemEntries(folder[$"artifacts/{FileTree.TempFolder}"]));
    }

    private async Task NodesAsync(IServiceProvider host)
    {
        var pool = host.GetRequiredService<ProcessComputePool>();
        host.GetRequiredService<HostAddress>().Set(new Uri("http://127.0.0.1:1/"));
        var processes = NodeFile.ReadAll(folder["run/nodes"]).Select(file => file.ProcessId!.Value).ToList();
        Assert.Equal(2, processes.Count);
        Assert.All(processes, process => Assert.NotNull(ProcessIdentity.Of(process)));
        Assert.Equal(2, (await pool.GrowAsync(new PoolTarget("local", 2), Cancel)).Count);
        await pool.StopAsync(Cancel);
        Assert.Empty(await pool.ListAsync("local", Cancel));
        Assert.All(processes, process => Assert.Null(ProcessIdentity.Of(process)));
        Assert.DoesNotContain(ProcessTable.All(), process => processes.Contains(process.Session) && process.IsAlive);
    }
}
