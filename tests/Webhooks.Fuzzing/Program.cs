using Webhooks.Fuzzing;

CoverageMap.Prepare();
return Commands.Run(args);
