using System.Runtime.InteropServices;
using Serverless.Agent.Clouds;
using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Nodes;
using Serverless.Agent.Options;
using Serverless.Agent.Programs;
using Serverless.Agent.Starting;
using Serverless.Agent.Telemetry;

var clock = TimeProvider.System;
var log = new NodeLog(Console.Error, clock);
var options = AgentOptions.Parse(args, NodeToken.Take(), CloudMachine.Detect(), out var errors);
if (options is null)
{
    foreach (var error in errors)
        Console.Error.WriteLine(error);
    Console.Error.WriteLine(AgentOptions.Usage);
    return ExitCodes.Usage;
}

ProgramTree.AdoptOrphans();
Spawn.KeepDescriptors();
using var order = new LeaveOrder();
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
using var export = AgentExport.Start(Environment.GetEnvironmentVariable);
try
{
    return await new NodeProcess(options, order, log, clock).RunAsync();
}
catch (Exception fault) // the top of the process: whatever it is, it is told before the end
{
    log.Trouble("The agent ends", fault);
    return ExitCodes.Internal;
}

void Leave(PosixSignalContext context)
{
    context.Cancel = true;
    order.Give();
}
