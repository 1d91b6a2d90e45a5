namespace AgentOps.Generators;

/// <summary>Names of the pipeline's steps, by which tests ask why each ran.</summary>
internal static class GeneratorSteps
{
    public const string Files = nameof(Files);
    public const string Environment = nameof(Environment);
    public const string Declarations = nameof(Declarations);
    public const string Shape = nameof(Shape);
    public const string Candidates = nameof(Candidates);
    public const string Bind = nameof(Bind);
    public const string Parts = nameof(Parts);
    public const string Duplicates = nameof(Duplicates);
    public const string Report = nameof(Report);
}
