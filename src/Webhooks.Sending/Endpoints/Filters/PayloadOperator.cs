namespace Webhooks;

/// <summary>How a <see cref="PayloadCondition"/> compares.</summary>
internal enum PayloadOperator
{
    Exists,
    EqualTo,
    NotEqualTo,
    OneOf,
    GreaterThan,
    AtLeast,
    LessThan,
    AtMost,
}
