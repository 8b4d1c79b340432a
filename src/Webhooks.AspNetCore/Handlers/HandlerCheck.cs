using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>Finds at start what would otherwise be found by the first webhook: routes without handlers, handlers that
/// can't be made, and versions that nobody can tell.</summary>
internal static class HandlerCheck
{
    /// <summary>Checks the handlers of all sources, and ends the time of adding more.</summary>
    /// <param name="table">The handlers.</param>
    /// <param name="services">Knows the services there are. Null: the container doesn't tell.</param>
    /// <exception cref="InvalidOperationException">Something is wrong.</exception>
    public static void Run(WebhookHandlerTable table, IServiceProviderIsService? services)
    {
        var failures = table.Sources.SelectMany(handlers => Check(handlers, services)).ToList();
        if (failures.Count > 0)
            throw new InvalidOperationException(string.Join(" ", failures));

        foreach (var handlers in table.Sources)
            handlers.Fix();
    }

    private static IEnumerable<string> Check(SourceHandlers handlers, IServiceProviderIsService? services)
    {
        var source = handlers.Source;
        if (handlers.Routes.Count == 0 && handlers.Fallback is null)
            yield return $"app.MapWebhook(…, \"{source}\") has no handlers. Add them with .On(…) or .OnFallback(…).";

        var missing = handlers.Routes.Select(route => route.HandlerType).OfType<Type>().Distinct()
            .Where(type => services?.IsService(type) == false);
        foreach (var type in missing)
            yield return $"The handler {type} of '{source}' isn't among the services. Add it with "
                + $"services.AddScoped<{type.Name}>().";

        if (handlers.Versions is null && handlers.Routes.FirstOrDefault(route => route.Version is not null) is { } route)
            yield return $"The handler of '{source}' for '{route.Pattern.Text}' wants the version '{route.Version}', but "
                + "nothing says where the version is. Call .VersionFromHeader(…) or .VersionFromProperty(…).";
    }
}
