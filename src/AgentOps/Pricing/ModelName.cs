namespace AgentOps.Pricing;

/// <summary>A way to read a model's name: perhaps its first part says who serves it.</summary>
/// <param name="Provider">What stands before the name as a provider; <see langword="null"/> if nothing does.</param>
/// <param name="Model">The name.</param>
internal readonly record struct ModelName(string? Provider, string Model)
{
    private static readonly string[] s_regions = ["us.", "eu.", "apac.", "global.", "us-gov.", "jp.", "au.", "ca."];

    /// <summary>
    /// The name as it is, then without what gateways and clouds put before it: <c>models/</c>, <c>publishers/…/models/</c>,
    /// <c>provider/</c>, a region of Bedrock. Never a part of the name itself.
    /// </summary>
    public static IEnumerable<ModelName> Variants(string model)
    {
        string name = model.Trim();
        yield return new ModelName(null, name);
        int models = name.LastIndexOf("models/", StringComparison.OrdinalIgnoreCase);
        if (models == 0 || (models > 0 && name[models - 1] == '/'))
            yield return new ModelName(null, name[(models + "models/".Length)..]);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
            yield return new ModelName(name[..slash], name[(slash + 1)..]);
        foreach (string region in s_regions)
        {
            if (name.StartsWith(region, StringComparison.OrdinalIgnoreCase))
                yield return new ModelName(null, name[region.Length..]);
        }
    }
}
