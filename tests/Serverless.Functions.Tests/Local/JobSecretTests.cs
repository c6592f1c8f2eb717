using System.Text;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Functions.Tests.Api;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Local;

/// <summary>A job with a secret on a whole host: the program has it, and nothing that anybody keeps does.</summary>
public sealed class JobSecretTests
{
    private const string Value = "s3cr3t-Valu3-that-is-nowhere-else";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_OfAJob_ReachesTheProgramAndNoStore()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell.");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data/secrets"]);
        await File.WriteAllTextAsync(folder["data/secrets/db-password"], Value + "\n", Cancel);
        string errors;
        Job job;
        await using (var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0"))
        {
            job = await EndedAsync(host, Spec("printenv DB_PASSWORD; echo \"loss = ${#DB_PASSWORD}\"; env > \"$SERVERLESS_ARTIFACTS_DIR/names\"; sed -i /DB_PASSWORD/d \"$SERVERLESS_ARTIFACTS_DIR/names\"; exit 3"));
            var log = await host.Http.GetStringAsync(Routes.Fill(Routes.JobLogs, job.Id), Cancel);
            Assert.Contains("[secret]\n", log);
            Assert.DoesNotContain(Value, log);
            Assert.Equal(0, await host.StopAsync());
            errors = await host.ErrorsAsync();
        }

        Assert.Equal((JobStatus.Failed, JobReason.ProgramFailed), (job.Status, job.Reason));
        Assert.Equal(Value.Length, job.Metrics["loss"]);
        Assert.Contains("[secret]", job.LogTail);
        Assert.Equal("secret://db-password", job.Spec.Environment["DB_PASSWORD"]);
        Assert.DoesNotContain(Value, errors);
        Assert.Equal([folder["data/secrets/db-password"]], FilesWith(folder["data"], Value));
    }

    [Fact]
    public async Task Secret_ThatTheHostDoesNotHave_EndsTheJobBeforeAnyNodeIsAskedFor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell.");
        using var folder = new TempFolder();
        await using var host = await HostProcess.UpAsync(folder["data"], "http://127.0.0.1:0");
        var job = await EndedAsync(host, Spec("exit 0"));
        Assert.Equal((JobStatus.Failed, JobReason.NotAdmitted, 0), (job.Status, job.Reason, job.Attempt));
        Assert.Contains("'db-password'", job.Message);
    }

    private static JobSpec Spec(string script) => new()
    {
        Program = new ProgramSpec { Command = ["/bin/sh", "-c", script] },
        Environment = new Dictionary<string, string> { ["DB_PASSWORD"] = "secret://db-password" },
        Network = JobNetwork.None,
    };

    private static async Task<Job> EndedAsync(HostProcess host, JobSpec spec)
    {
        using var submitted = await host.Http.PostAsync(Routes.Jobs, ApiHost.Json(spec, ContractsJson.Default.JobSpec), Cancel);
        var job = await ApiHost.ReadAsync(submitted, ContractsJson.Default.Job, System.Net.HttpStatusCode.Created);
        return await Eventually.SomeAsync("the job's end", async () =>
        {
            using var answer = await host.Http.GetAsync(Routes.Fill(Routes.Job, job.Id), Cancel);
            var now = await ApiHost.ReadAsync(answer, ContractsJson.Default.Job);
            return now.Status is JobStatus.Failed or JobStatus.Succeeded or JobStatus.Stopped ? now : null;
        }, cancel: Cancel);
    }

    /// <summary>Every file that has the value: as it is, as UTF-16, or as base64 at any of the three places that it can begin at.</summary>
    private static IEnumerable<string> FilesWith(string root, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        List<byte[]> forms = [utf8, Encoding.Unicode.GetBytes(value)];
        for (var shift = 0; shift < 3; shift++)
            forms.Add(Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[shift], .. utf8])[4..^4]));
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            if (forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0))
                yield return file;
        }
    }
}
