using System.Globalization;

namespace AgentOps.Benchmarks.Gate;

/// <summary>Prints each figure beside its limit, and remembers whether one was broken.</summary>
/// <param name="isStrict">Whether the limits hold as they stand, as on a quiet machine; otherwise times may be over by 15 %.</param>
internal sealed class GateReport(bool isStrict)
{
    private const double Tolerance = 1.15;

    private int _broken;

    /// <summary>A ratio or difference of times that must not exceed a limit.</summary>
    public void AtMost(string what, double value, double limit, string unit) =>
        Line(what, value, limit, unit, value <= (isStrict ? limit : limit * Tolerance), "<=");

    /// <summary>A ratio of times that must reach a limit.</summary>
    public void AtLeast(string what, double value, double limit, string unit) =>
        Line(what, value, limit, unit, value >= (isStrict ? limit : limit / Tolerance), ">=");

    /// <summary>Bytes, which do not depend on the machine's mood.</summary>
    public void BytesAtMost(string what, double value, double limit) => Line(what, value, limit, "B", value <= limit + 0.5, "<=");

    public void Require(string what, bool holds)
    {
        if (!holds)
            _broken++;
        Console.WriteLine($"{(holds ? "ok    " : "BROKEN")}  {what}");
    }

    public static void Note(string text) => Console.WriteLine($"        {text}");

    public int Conclude()
    {
        Console.WriteLine(_broken == 0 ? "All limits hold." : $"{_broken} limits are broken.");
        return _broken == 0 ? 0 : 1;
    }

    private void Line(string what, double value, double limit, string unit, bool holds, string relation)
    {
        if (!holds)
            _broken++;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{(holds ? "ok    " : "BROKEN")}  {what,-58} {value,9:0.00} {unit,-3} {relation} {limit:0.00}"));
    }
}
