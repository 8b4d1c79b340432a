using Npgsql;

namespace Webhooks;

/// <summary>The conditions of a query and their parameters. Only what was asked for becomes part of the statement, so
/// that it is planned for just that.</summary>
internal sealed class Conditions
{
    private readonly List<string> _texts = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    public NpgsqlParameter[] Parameters => [.. _parameters];

    /// <summary>Adds a parameter.</summary>
    /// <returns>How statements name it.</returns>
    public string Parameter(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }

    public void Add(string condition) => _texts.Add(condition);

    /// <summary>Adds a condition on a text, unless that is null.</summary>
    public void Add(string? value, Func<string, string> condition)
    {
        if (value is not null)
            Add(condition(Parameter(Arg.Text(value))));
    }

    /// <summary>Adds a condition on a number, unless that is null.</summary>
    public void Add(long? value, Func<string, string> condition)
    {
        if (value is { } number)
            Add(condition(Parameter(Arg.Of(number))));
    }

    /// <summary>Adds a condition on a time, unless that is null.</summary>
    public void Add(DateTimeOffset? value, Func<string, string> condition)
    {
        if (value is { } time)
            Add(condition(Parameter(Arg.Time(time))));
    }

    public override string ToString() => _texts.Count == 0 ? "true" : string.Join("\n    AND ", _texts);
}
