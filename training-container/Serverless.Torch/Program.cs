using Serverless.Torch.Trainers;

return await TrainerProgram.RunAsync(args, Console.Out, Console.Error);
