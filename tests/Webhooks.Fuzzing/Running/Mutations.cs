namespace Webhooks.Fuzzing;

/// <summary>Changes inputs as fuzzers do, the same way each time for one seed.</summary>
public sealed class Mutations(int seed)
{
    private const int MostChanges = 6;

    private static readonly byte[][] Telling =
    [
        "\0"u8.ToArray(), "\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "="u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(),
        "\""u8.ToArray(), "\\"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "\ufeff"u8.ToArray(), "é"u8.ToArray(),
        "١"u8.ToArray(), "𝟙"u8.ToArray(), [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF], "\\ud800"u8.ToArray(),
        "\\u0000"u8.ToArray(), "-"u8.ToArray(), "+"u8.ToArray(), "0"u8.ToArray(), "99999999999999999999"u8.ToArray(),
        "1e999"u8.ToArray(), "NaN"u8.ToArray(), "null"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(),
        "[[[[[[[["u8.ToArray(), ":"u8.ToArray(), "/"u8.ToArray(), "@"u8.ToArray(), "#"u8.ToArray(), "["u8.ToArray(),
        "]"u8.ToArray(), "::"u8.ToArray(), "."u8.ToArray(), "*"u8.ToArray(), "~"u8.ToArray(), " "u8.ToArray(),
        "\t"u8.ToArray(), "?"u8.ToArray(), "&"u8.ToArray(),
    ];

    private readonly Random _random = new(seed);

    /// <summary>One input, mutated; sometimes two, crossed.</summary>
    public byte[] Next(IReadOnlyList<byte[]> inputs)
    {
        var input = new List<byte>(inputs[_random.Next(inputs.Count)]);
        if (_random.Next(8) == 0)
            Cross(input, inputs[_random.Next(inputs.Count)]);
        for (var changes = _random.Next(1, MostChanges); changes > 0; changes--)
            Change(input);
        if (input.Count > FuzzTarget.MaximumInput)
            input.RemoveRange(FuzzTarget.MaximumInput, input.Count - FuzzTarget.MaximumInput);
        return [.. input];
    }

    private void Change(List<byte> input)
    {
        var place = _random.Next(input.Count + 1);
        var length = Math.Min(input.Count - place, _random.Next(1, 17));
        switch (_random.Next(8))
        {
            case 0 when place < input.Count:
                input[place] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when place < input.Count:
                input[place] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(place, length);
                break;
            case 3:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(place, length));
                break;
            case 4:
                for (var times = _random.Next(1, 200); times > 0; times--)
                    input.InsertRange(place, input.GetRange(place, Math.Min(length, 4)));
                break;
            case 5 when place < input.Count:
                input[place] = (byte)(input[place] + _random.Next(-3, 4));
                break;
            default:
                input.InsertRange(place, Telling[_random.Next(Telling.Length)]);
                break;
        }
    }

    private void Cross(List<byte> input, byte[] other)
    {
        var (here, there) = (_random.Next(input.Count + 1), _random.Next(other.Length + 1));
        input.RemoveRange(here, input.Count - here);
        input.AddRange(other[there..]);
    }
}
