namespace Webhooks.Tests;

internal sealed class FixedRandom(double value) : Random(0)
{
    public override double NextDouble() => value;
}
