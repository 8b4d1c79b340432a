using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Operators filter and alert on event ids: they are explicit, unique, and in their area's range.</summary>
public sealed class EventIdTests
{
    private static readonly LogEvent[] Events =
    [
        .. from assembly in Packages.All
           from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           select new LogEvent(assembly.GetName().Name!, method.Name, attribute.EventId, attribute.Level),
    ];

    [Fact]
    public void Event_ids_are_unique()
    {
        Assert.NotEmpty(Events);

        var doubled = Events.GroupBy(log => log.Id).Where(group => group.Count() > 1).SelectMany(group => group);

        Assert.Empty(doubled);
    }

    [Fact]
    public void Event_ids_are_in_the_range_of_their_area()
    {
        var outside = Events.Where(log => !IsInRange(log));

        Assert.Empty(outside);
    }

    [Fact]
    public void Every_event_and_its_level_are_documented()
    {
        var documented = File.ReadLines(Repository.PathOf("docs", "diagnostics.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3 && int.TryParse(cells[1], out _))
            .Select(cells => $"{cells[1]} {cells[2]}");

        Assert.Equal(Events.OrderBy(log => log.Id).Select(log => $"{log.Id} {log.Level}"), documented);
    }

    private static bool IsInRange(LogEvent log) => log.Package switch
    {
        "Webhooks.Signing" or "Webhooks.Ed25519" => log.Id is >= 100 and < 200,
        "Webhooks.Sending" => log.Id is >= 200 and < 450,
        "Webhooks.Sqlite" => log.Id is >= 450 and < 470,
        "Webhooks.PostgreSql" => log.Id is >= 470 and < 490,
        "Webhooks.AspNetCore" => log.Id is >= 500 and < 600,
        _ => false,
    };

    private sealed record LogEvent(string Package, string Name, int Id, LogLevel Level);
}
