using System.Reflection;

namespace Webhooks;

public sealed class PublicTypeTests
{
    private static readonly string[] Namespaces =
        ["Webhooks", "Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http"];

    [Fact]
    public void Public_types_are_in_the_one_namespace_and_extensions_where_their_users_look()
    {
        var elsewhere = Packages.PublicTypes.Where(type =>
            !Namespaces.Contains(type.Namespace) || (type.Namespace != "Webhooks" && !IsStatic(type)));

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Public_classes_are_sealed_static_or_made_to_be_derived_from()
    {
        var open = Packages.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

        Assert.Empty(open);
    }

    [Fact]
    public void Public_fields_are_constants_or_read_only_statics()
    {
        var fields = Packages.PublicTypes
            .Where(type => !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(field => !field.IsLiteral && !field.IsInitOnly || !field.IsStatic);

        Assert.Empty(fields);
    }

    [Fact]
    public void Enums_have_a_zero_so_that_a_forgotten_value_has_a_name()
    {
        var withoutZero = Packages.PublicTypes.Where(type => type.IsEnum && !Enum.IsDefined(type, Enum.ToObject(type, 0)));

        Assert.Empty(withoutZero);
    }

    [Fact]
    public void Interfaces_start_with_I_and_exceptions_end_in_Exception()
    {
        var misnamed = Packages.PublicTypes.Where(type =>
            (type.IsInterface && type.Name[0] != 'I')
            || (type.IsAssignableTo(typeof(Exception)) && !type.Name.EndsWith("Exception", StringComparison.Ordinal)));

        Assert.Empty(misnamed);
    }

    private static bool IsStatic(Type type) => type is { IsAbstract: true, IsSealed: true };
}
