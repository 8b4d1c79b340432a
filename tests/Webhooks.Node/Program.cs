using Microsoft.Extensions.Configuration;
using Webhooks.Node;

// An application under test: it publishes and delivers, or receives, as it is told by lines of text, until it is told to
// stop, its input ends, or somebody kills it. What it has done it says before it does the next thing, so that whoever
// killed it knows what it had promised.
var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
var settings = NodeSettings.Read(configuration);
ParentDeath.Follow(settings.Parent);

var reports = new Reports();
await using var commands = new Commands(settings, configuration, reports);
reports.Write("spare");
while (await Console.In.ReadLineAsync() is { } line)
{
    if (!await commands.RunAsync(line))
        break;
}
