using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

public sealed class AsyncMethodTests
{
    private static readonly MethodInfo[] AsyncMethods =
    [
        .. Packages.PublicTypes
            .Where(type => !type.IsAssignableTo(typeof(Delegate)))
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.IsSpecialName)
            .Where(method => IsAwaitable(method.ReturnType)),
    ];

    [Fact]
    public void Methods_that_are_awaited_end_in_Async()
    {
        Assert.NotEmpty(AsyncMethods);

        var misnamed = AsyncMethods.Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal));

        Assert.Empty(misnamed);
    }

    [Fact]
    public void Methods_that_are_awaited_take_a_cancellation_token_last()
    {
        var uncancellable = AsyncMethods.Where(method =>
            method.Name != nameof(IAsyncDisposable.DisposeAsync)
            && method.GetParameters() is var parameters
            && parameters.LastOrDefault()?.ParameterType != typeof(CancellationToken)
            && !parameters.Any(CarriesItsOwn));

        Assert.Empty(uncancellable);
    }

    // A request is cancelled through HttpContext.RequestAborted, and a context type of ours may hold a token.
    private static bool CarriesItsOwn(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(HttpContext)
        || parameter.ParameterType.GetProperties().Any(property => property.PropertyType == typeof(CancellationToken));

    private static bool IsAwaitable(Type type) =>
        type.IsAssignableTo(typeof(Task))
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
