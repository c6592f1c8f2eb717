using Serverless.Cli;
using Serverless.Cli.Shell;
using var interruption = new Interruption();

return await CliProgram.RunAsync(args, CliIo.OfProcess(), interruption.Token);
