using Serverless.Conformance.Workflows;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>The workflows whose histories are kept as files. Their code may change only as running workflows' code may.</summary>
internal static class GoldenFlows
{
    public static WorkflowCatalog Catalog()
    {
        var script = new Script();
        var charge = new ActivityName<string, int>("charge");
        var below = new WorkflowName<int, int>("below");

        script.Workflow<string[], string>("everything", async (context, names) =>
        {
            context.SetStatus("charging");
            var charged = await Task.WhenAll(names.Select(name => context.CallAsync(charge, name, new RetryPolicy { MaxAttempts = 3, First = TimeSpan.FromSeconds(1) })));
            if (context.GetVersion("pause", 1) >= 1)
                await context.TimerAsync(TimeSpan.FromSeconds(10));
            var (came, payload) = await context.WaitForEventAsync<string>("Approved", TimeSpan.FromMinutes(5));
            var child = await context.CallWorkflowAsync(below, "one-below", charged.Sum());
            string rest;
            try
            {
                rest = $"{await context.CallAsync(charge, "last")}";
            }
            catch (ActivityFailedException error)
            {
                rest = error.Failure.Code;
            }

            return $"{string.Join("+", charged)} {came} {payload} {child} {rest}";
        });
        script.Workflow<int, int>("fails", async (context, x) =>
        {
            var got = await context.WaitForEventAsync<int>("go");
            return got > x ? got : throw new ServerlessException("gate", $"{got} is not over {x}", "train longer");
        });
        return script.Catalog;
    }
}
