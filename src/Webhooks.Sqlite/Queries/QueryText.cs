using System.Globalization;
using System.Text;

namespace Webhooks;

/// <summary>Puts a query together from constant texts; what comes from outside only ever becomes a parameter.</summary>
internal sealed class QueryText(string select)
{
    private readonly StringBuilder _text = new(select);
    private readonly List<object> _values = [];
    private bool _hasCondition;

    /// <summary>Adds a constant condition.</summary>
    public QueryText Where(string condition)
    {
        _text.Append(_hasCondition ? " AND " : " WHERE ").Append(condition);
        _hasCondition = true;
        return this;
    }

    /// <summary>Adds a condition, unless there is no value.</summary>
    /// <param name="comparison">A constant such as <c>d.id &lt;</c>, which the value follows.</param>
    /// <param name="value">The value.</param>
    public QueryText Where(string comparison, long? value) => value is { } number ? Compare(comparison, number) : this;

    /// <inheritdoc cref="Where(string, long?)"/>
    public QueryText Where(string comparison, string? value) => value is null ? this : Compare(comparison, value);

    /// <summary>Adds the order, of a constant column, and how many rows are wanted.</summary>
    public QueryText Page(string column, bool isAscending, int limit)
    {
        _text.Append(" ORDER BY ").Append(column).Append(isAscending ? " ASC" : " DESC").Append(" LIMIT ");
        AppendParameter(limit);
        return this;
    }

    /// <summary>Prepares the query, to be disposed of.</summary>
    public Statement Prepare(DatabaseConnection connection)
    {
        var statement = connection.PrepareOnce(_text.ToString());
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is string text)
                statement.Bind(i + 1, text);
            else
                statement.Bind(i + 1, Convert.ToInt64(_values[i], CultureInfo.InvariantCulture));
        }

        return statement;
    }

    private QueryText Compare(string comparison, object value)
    {
        Where(comparison);
        _text.Append(' ');
        AppendParameter(value);
        return this;
    }

    private void AppendParameter(object value)
    {
        _values.Add(value);
        _text.Append(CultureInfo.InvariantCulture, $"?{_values.Count}");
    }
}
