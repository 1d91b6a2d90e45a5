using System.Globalization;

namespace AgentOps;

/// <summary>What kind of value a custom metric holds.</summary>
public enum MetricKind
{
    /// <summary>Text.</summary>
    Text = 0,

    /// <summary>A finite number.</summary>
    Number = 1,

    /// <summary>True or false.</summary>
    Boolean = 2,
}

/// <summary>The value of a custom metric: text, a finite number, or true or false. Converts from those implicitly.</summary>
public readonly struct MetricValue : IEquatable<MetricValue>
{
    private readonly string? _text;
    private readonly double _number;

    private MetricValue(MetricKind kind, string? text, double number)
    {
        Kind = kind;
        _text = text;
        _number = number;
    }

    /// <summary>Which of the three it is.</summary>
    public MetricKind Kind { get; }

    /// <summary>The text; <see langword="null"/> for the other kinds.</summary>
    public string? Text => Kind == MetricKind.Text ? _text ?? "" : null;

    /// <summary>The number; <see langword="null"/> for the other kinds.</summary>
    public double? Number => Kind == MetricKind.Number ? _number : null;

    /// <summary>The truth value; <see langword="null"/> for the other kinds.</summary>
    public bool? Boolean => Kind == MetricKind.Boolean ? _number != 0 : null;

    /// <summary>A text metric.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <see langword="null"/>.</exception>
    public static MetricValue FromText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new MetricValue(MetricKind.Text, value, 0);
    }

    /// <summary>A number metric. NaN and the infinities have no place in JSON or in a sum; they are taken as they are here and refused by the session.</summary>
    public static MetricValue FromNumber(double value) => new(MetricKind.Number, null, value);

    /// <summary>A true-or-false metric.</summary>
    public static MetricValue FromBoolean(bool value) => new(MetricKind.Boolean, null, value ? 1 : 0);

    /// <inheritdoc cref="FromText"/>
    public static implicit operator MetricValue(string value) => FromText(value);

    /// <inheritdoc cref="FromNumber"/>
    public static implicit operator MetricValue(double value) => FromNumber(value);

    /// <inheritdoc cref="FromNumber"/>
    public static implicit operator MetricValue(long value) => FromNumber(value);

    /// <inheritdoc cref="FromNumber"/>
    public static implicit operator MetricValue(int value) => FromNumber(value);

    /// <inheritdoc cref="FromBoolean"/>
    public static implicit operator MetricValue(bool value) => FromBoolean(value);

    /// <summary>Whether both are of one kind and value.</summary>
    public static bool operator ==(MetricValue left, MetricValue right) => left.Equals(right);

    /// <summary>Whether they differ in kind or value.</summary>
    public static bool operator !=(MetricValue left, MetricValue right) => !left.Equals(right);

    /// <summary>Whether a session takes the value: numbers must be finite.</summary>
    internal bool IsRecordable => Kind != MetricKind.Number || double.IsFinite(_number);

    /// <inheritdoc/>
    public bool Equals(MetricValue other) => Kind == other.Kind && Text == other.Text && _number.Equals(other._number);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text, _number);

    /// <summary>The value as text, the same in every culture.</summary>
    public override string ToString() => Kind switch
    {
        MetricKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        MetricKind.Boolean => _number != 0 ? "true" : "false",
        _ => _text ?? "",
    };
}
