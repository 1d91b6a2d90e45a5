namespace AgentOps.Generators.Fuzz.Tests.Programs;

/// <summary>Where the calls of a shape may stand.</summary>
internal enum ShapeColor
{
    /// <summary>Anywhere.</summary>
    Synchronous,

    /// <summary>Where <c>await</c> may stand.</summary>
    Asynchronous,
}

/// <summary>
/// One way to declare and call a recorded method. <c>$N</c> is the number of the method, <c>$I</c> that of the call. In the
/// declaration the bodies are written as <c>$BODY(result)$</c>, <c>$ASYNC(result)$</c>, <c>$STREAM(item)$</c>; without a result
/// they return nothing. What the program sees it says through <c>T</c>.
/// </summary>
/// <param name="Name">How a failure calls it.</param>
/// <param name="Color">Where its calls may stand.</param>
/// <param name="Declaration">Types, one of which has the recorded method <c>M$N</c>.</param>
/// <param name="Call">Statements that call it.</param>
internal sealed record ProgramShape(string Name, ShapeColor Color, string Declaration, string Call);
