using Serverless.Algorithms;
using Serverless.Jobs;

using var job = JobEnvironment.FromEnvironment();
return AlgorithmProgram.Run(args, job, Console.Out, Console.Error);
