using System.CommandLine;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Compute;

/// <summary><c>node list</c> and <c>pool list</c>.</summary>
internal static class ComputeCommands
{
    public static Command MakeNode(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return CommandBuilder.Group("node", "Nodes: list.", build.Make("list", "The nodes and what they run.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Compute.NodesAsync(page, run.Cancel),
            ContractsJson.Default.NodePage,
            new TextTable("ID", "POOL", "STATUS", "JOB", "SEEN"),
            (table, node) => table.Row(node.Id, node.Pool, Words.Of(node.Status), node.JobId, Words.Clock(node.SeenAt)),
            "There are no nodes: nothing runs.")));
    }

    public static Command MakePool(CommandBuilder build)
    {
        var options = (Limit: CommonOptions.Limit(), All: CommonOptions.All());
        return CommandBuilder.Group("pool", "Pools: list.", build.Make("list", "The pools, their nodes and prices.", [options.Limit, options.All], run => Lists.ShowAsync(
            run,
            options,
            page => run.Client.Compute.PoolsAsync(page, run.Cancel),
            ContractsJson.Default.PoolPage,
            new TextTable("NAME", "NODES>", "MAX>", "IDLE>", "SIZE", "VCPU>", "MEMORY>", "GPU", "PRICE PER HOUR>"),
            (table, pool) => table.Row(
                pool.Name, Words.Count(pool.Nodes), Words.Count(pool.MaxNodes), Words.Time(TimeSpan.FromSeconds(pool.IdleSeconds)), pool.Size, Words.Count(pool.VCpus), Words.Bytes(pool.MemoryBytes),
                pool.Gpus.Count == 0 ? null : $"{pool.Gpus[0]}:{pool.Gpus.Count}", $"{Words.Money(pool.PricePerHour, pool.Currency)}{(pool.Spot ? " spot" : "")}{(pool.PriceVerified ? "" : "?")}"),
            "There are no pools.")));
    }
}
